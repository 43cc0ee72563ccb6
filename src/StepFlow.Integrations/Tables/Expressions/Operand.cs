using System.Text;

namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>Something in an expression that has a value. A closed family.</summary>
internal abstract class Operand
{
    /// <summary>The value for an item; null where it has none.</summary>
    public abstract JsonValue? Evaluate(JsonObject item);
}

internal sealed class PathOperand(AttributePath path) : Operand
{
    public AttributePath Path => path;

    public override JsonValue? Evaluate(JsonObject item) => path.Find(item);
}

/// <summary>A value of the call.</summary>
internal sealed class ValueOperand(JsonValue value) : Operand
{
    public JsonValue Value => value;

    public override JsonValue? Evaluate(JsonObject item) => value;
}

/// <summary><c>size(path)</c>.</summary>
internal sealed class SizeOperand(AttributePath path) : Operand
{
    public override JsonValue? Evaluate(JsonObject item)
    {
        JsonValue? value = path.Find(item);
        return AttributeValue.TypeOf(value) switch
        {
            AttributeValue.Text => AttributeValue.OfNumber(Encoding.UTF8.GetByteCount(AttributeValue.TextOf(value!))),
            AttributeValue.Binary => AttributeValue.OfNumber(AttributeValue.TextOf(value!).TrimEnd('=').Length * 3 / 4),
            AttributeValue.Map => AttributeValue.OfNumber(((JsonObject)AttributeValue.Content(value!)).Count),
            null or AttributeValue.Number or AttributeValue.Boolean or AttributeValue.Null => null,
            _ => AttributeValue.OfNumber(((JsonArray)AttributeValue.Content(value!)).Count),
        };
    }
}
