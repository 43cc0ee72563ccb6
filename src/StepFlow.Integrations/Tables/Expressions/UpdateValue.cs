namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>The right side of a SET. A closed family.</summary>
internal abstract class UpdateValue
{
    /// <summary>The value; null if there is none. <paramref name="problem"/> is set if there is a specific reason.</summary>
    public abstract JsonValue? Evaluate(JsonObject item, out string? problem);
}

/// <summary>An attribute or a value of the call.</summary>
internal sealed class PlainValue(Operand operand) : UpdateValue
{
    public override JsonValue? Evaluate(JsonObject item, out string? problem)
    {
        problem = null;
        return operand.Evaluate(item);
    }
}

/// <summary><c>a + b</c> or <c>a - b</c>.</summary>
internal sealed class SumValue(UpdateValue left, UpdateValue right, int sign) : UpdateValue
{
    public override JsonValue? Evaluate(JsonObject item, out string? problem)
    {
        JsonValue? a = left.Evaluate(item, out problem);
        JsonValue? b = problem is null ? right.Evaluate(item, out problem) : null;
        if (a is null || b is null)
        {
            return null;
        }

        if (AttributeValue.NumberOf(a) is not { } first || AttributeValue.NumberOf(b) is not { } second)
        {
            problem = UpdateAction.WrongType;
            return null;
        }

        JsonObject? sum = AttributeValue.Add(first, sign * second);
        problem = sum is null ? UpdateAction.Overflow : null;
        return sum;
    }
}

/// <summary><c>if_not_exists(path, value)</c>.</summary>
internal sealed class IfNotExists(AttributePath path, UpdateValue fallback) : UpdateValue
{
    public override JsonValue? Evaluate(JsonObject item, out string? problem)
    {
        problem = null;
        return path.Find(item) ?? fallback.Evaluate(item, out problem);
    }
}

/// <summary><c>list_append(a, b)</c>.</summary>
internal sealed class ListAppend(UpdateValue left, UpdateValue right) : UpdateValue
{
    public override JsonValue? Evaluate(JsonObject item, out string? problem)
    {
        JsonValue? a = left.Evaluate(item, out problem);
        JsonValue? b = problem is null ? right.Evaluate(item, out problem) : null;
        if (a is null || b is null)
        {
            return null;
        }

        if (AttributeValue.TypeOf(a) != AttributeValue.List || AttributeValue.TypeOf(b) != AttributeValue.List)
        {
            problem = UpdateAction.WrongType;
            return null;
        }

        return AttributeValue.OfList(JsonArray.From(((JsonArray)AttributeValue.Content(a)).Concat((JsonArray)AttributeValue.Content(b))));
    }
}
