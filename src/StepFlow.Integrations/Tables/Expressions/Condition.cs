namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>A condition on an item. A closed family (DynamoDB developer guide, "Condition and filter expressions, operators, and functions").</summary>
internal abstract class Condition
{
    /// <summary>Whether it holds; an item that does not exist has no attributes.</summary>
    public abstract bool Holds(JsonObject item);
}

/// <summary><c>a = b</c> and the like.</summary>
internal sealed class Comparison(Operand left, string symbol, Operand right) : Condition
{
    public Operand Left => left;

    public string Symbol => symbol;

    public Operand Right => right;

    public override bool Holds(JsonObject item)
    {
        if (left.Evaluate(item) is not { } a || right.Evaluate(item) is not { } b)
        {
            return symbol == "<>" && left.Evaluate(item) is null != right.Evaluate(item) is null;
        }

        return symbol switch
        {
            "=" => AttributeValue.AreEqual(a, b),
            "<>" => !AttributeValue.AreEqual(a, b),
            "<" => AttributeValue.Compare(a, b) < 0,
            "<=" => AttributeValue.Compare(a, b) <= 0,
            ">" => AttributeValue.Compare(a, b) > 0,
            _ => AttributeValue.Compare(a, b) >= 0,
        };
    }
}

/// <summary><c>a BETWEEN b AND c</c>.</summary>
internal sealed class Between(Operand value, Operand least, Operand most) : Condition
{
    public override bool Holds(JsonObject item) =>
        value.Evaluate(item) is { } it && least.Evaluate(item) is { } low && most.Evaluate(item) is { } high
        && AttributeValue.Compare(it, low) >= 0 && AttributeValue.Compare(it, high) <= 0;
}

/// <summary><c>a IN (b, c)</c>.</summary>
internal sealed class In(Operand value, IReadOnlyList<Operand> candidates) : Condition
{
    public override bool Holds(JsonObject item) =>
        value.Evaluate(item) is { } it
        && candidates.Any(candidate => candidate.Evaluate(item) is { } other && AttributeValue.AreEqual(it, other));
}

/// <summary><c>a AND b</c>.</summary>
internal sealed class And(Condition left, Condition right) : Condition
{
    public Condition Left => left;

    public Condition Right => right;

    public override bool Holds(JsonObject item) => left.Holds(item) && right.Holds(item);
}

/// <summary><c>a OR b</c>.</summary>
internal sealed class Or(Condition left, Condition right) : Condition
{
    public override bool Holds(JsonObject item) => left.Holds(item) || right.Holds(item);
}

/// <summary><c>NOT a</c>.</summary>
internal sealed class Not(Condition condition) : Condition
{
    public override bool Holds(JsonObject item) => !condition.Holds(item);
}

/// <summary><c>attribute_exists(path)</c>.</summary>
internal sealed class AttributeExists(AttributePath path) : Condition
{
    public override bool Holds(JsonObject item) => path.Find(item) is not null;
}

/// <summary><c>attribute_type(path, type)</c>.</summary>
internal sealed class AttributeType(AttributePath path, Operand type) : Condition
{
    public override bool Holds(JsonObject item) =>
        type.Evaluate(item) is { } name && path.Find(item) is { } value && AttributeValue.TypeOf(value) == AttributeValue.TextOf(name);
}

/// <summary><c>begins_with(path, text)</c>.</summary>
internal sealed class BeginsWith(Operand value, Operand prefix) : Condition
{
    public override bool Holds(JsonObject item) =>
        value.Evaluate(item) is { } it && prefix.Evaluate(item) is { } start
        && AttributeValue.TypeOf(it) == AttributeValue.TypeOf(start)
        && AttributeValue.TextOf(it).StartsWith(AttributeValue.TextOf(start), StringComparison.Ordinal);
}

/// <summary><c>contains(path, operand)</c>: a part of a text, or a member of a set or list.</summary>
internal sealed class Contains(Operand value, Operand part) : Condition
{
    public override bool Holds(JsonObject item)
    {
        if (value.Evaluate(item) is not { } it || part.Evaluate(item) is not { } wanted)
        {
            return false;
        }

        return AttributeValue.TypeOf(it) switch
        {
            AttributeValue.Text => AttributeValue.TypeOf(wanted) == AttributeValue.Text
                && AttributeValue.TextOf(it).Contains(AttributeValue.TextOf(wanted), StringComparison.Ordinal),
            AttributeValue.List => ((JsonArray)AttributeValue.Content(it)).Any(member => AttributeValue.AreEqual(member, wanted)),
            "SS" or "NS" or "BS" => ((JsonArray)AttributeValue.Content(it)).Any(member => member == AttributeValue.Content(wanted)),
            _ => false,
        };
    }
}
