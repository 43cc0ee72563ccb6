namespace StepFlow.Language.Jsonata.Asl;

/// <summary>
/// A JSONata template: a value in which every string can be an expression, parsed once. All evaluations share
/// the parts without expressions. A closed family of immutable nodes.
/// </summary>
public abstract class AslTemplate
{
    /// <summary>Reads a template whose expressions were checked with the definition.</summary>
    /// <param name="field">The field's location in the state, as failures name it.</param>
    public static AslTemplate Parse(JsonValue written, string field)
    {
        switch (written)
        {
            case JsonString { Value: var text } when ExpressionText.IsExpression(text):
                return new ExpressionTemplate(AslExpression.Parse(text, field));
            case JsonObject members:
                KeyValuePair<string, AslTemplate>[] parts = [.. members.Select(member =>
                    KeyValuePair.Create(member.Key, Parse(member.Value, $"{field}/{member.Key}")))];
                return Array.TrueForAll(parts, part => part.Value is ConstantTemplate) ? new ConstantTemplate(members) : new ObjectTemplate(parts);
            case JsonArray items:
                AslTemplate[] elements = [.. items.Select((item, i) => Parse(item, $"{field}[{i}]"))];
                return Array.TrueForAll(elements, element => element is ConstantTemplate) ? new ConstantTemplate(items) : new ArrayTemplate(elements);
            default:
                return new ConstantTemplate(written);
        }
    }

    /// <summary>Whether it takes the state's input and result as wholes or not at all, and needs nothing of their content.</summary>
    public abstract bool PassesUnread { get; }

    /// <summary>The value for a scope; the first failure where an expression fails.</summary>
    public abstract Outcome<JsonValue> Evaluate(AslScope scope);
}

internal sealed class ConstantTemplate(JsonValue value) : AslTemplate
{
    public override bool PassesUnread => true;

    public override Outcome<JsonValue> Evaluate(AslScope scope) => value;
}

internal sealed class ExpressionTemplate(AslExpression expression) : AslTemplate
{
    public override bool PassesUnread => expression.PassesUnread;

    public override Outcome<JsonValue> Evaluate(AslScope scope) => expression.Evaluate(scope);
}

internal sealed class ObjectTemplate(KeyValuePair<string, AslTemplate>[] parts) : AslTemplate
{
    public override bool PassesUnread => Array.TrueForAll(parts, static part => part.Value.PassesUnread);

    public override Outcome<JsonValue> Evaluate(AslScope scope)
    {
        var builder = new JsonObjectBuilder(parts.Length);
        foreach ((string name, AslTemplate part) in parts)
        {
            Outcome<JsonValue> value = part.Evaluate(scope);
            if (!value.IsSuccess)
            {
                return value;
            }

            builder.Set(name, value.Value);
        }

        return builder.Build();
    }
}

internal sealed class ArrayTemplate(AslTemplate[] elements) : AslTemplate
{
    public override bool PassesUnread => Array.TrueForAll(elements, static element => element.PassesUnread);

    public override Outcome<JsonValue> Evaluate(AslScope scope)
    {
        var values = new JsonValue[elements.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Outcome<JsonValue> value = elements[i].Evaluate(scope);
            if (!value.IsSuccess)
            {
                return value;
            }

            values[i] = value.Value;
        }

        return JsonArray.Adopt(values);
    }
}
