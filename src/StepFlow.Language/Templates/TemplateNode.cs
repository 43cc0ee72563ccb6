using StepFlow.Language.Intrinsics;

namespace StepFlow.Language.Templates;

/// <summary>A node of a payload template. A closed family of immutable nodes.</summary>
internal abstract class TemplateNode
{
    public abstract Outcome<JsonValue> Evaluate(StateScope scope, JsonValue input);

    /// <summary>Whether it needs nothing of its input's content.</summary>
    public abstract bool PassesInputUnread { get; }
}

/// <summary>A part without expressions.</summary>
internal sealed class TemplateConstant(JsonValue value) : TemplateNode
{
    public override Outcome<JsonValue> Evaluate(StateScope scope, JsonValue input) => value;

    public override bool PassesInputUnread => true;
}

/// <summary>The value of a <c>.$</c> member.</summary>
internal sealed class ExpressionNode(string field, ValueExpression expression) : TemplateNode
{
    public override Outcome<JsonValue> Evaluate(StateScope scope, JsonValue input) => expression.Evaluate(scope, input, field);

    public override bool PassesInputUnread => expression.PassesInputUnread;
}

/// <summary>An array that contains an expression.</summary>
internal sealed class TemplateArray(TemplateNode[] items) : TemplateNode
{
    public override bool PassesInputUnread => Array.TrueForAll(items, static item => item.PassesInputUnread);

    public override Outcome<JsonValue> Evaluate(StateScope scope, JsonValue input)
    {
        var values = new JsonValue[items.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Outcome<JsonValue> value = items[i].Evaluate(scope, input);
            if (!value.IsSuccess)
            {
                return value;
            }

            values[i] = value.Value;
        }

        return JsonArray.Adopt(values);
    }
}

/// <summary>An object that contains an expression. The names are distinct.</summary>
internal sealed class TemplateObject(string[] names, TemplateNode[] values) : TemplateNode
{
    // The names are the same in each object that the template makes, so their part of its size is measured once.
    private readonly long _namesLength = JsonObject.MeasureNames(names);

    public override bool PassesInputUnread => Array.TrueForAll(values, static value => value.PassesInputUnread);

    public override Outcome<JsonValue> Evaluate(StateScope scope, JsonValue input)
    {
        long length = _namesLength;
        var members = new KeyValuePair<string, JsonValue>[names.Length];
        for (int i = 0; i < members.Length; i++)
        {
            Outcome<JsonValue> value = values[i].Evaluate(scope, input);
            if (!value.IsSuccess)
            {
                return value;
            }

            members[i] = new(names[i], value.Value);
            length = Math.Min(length + value.Value.Utf8Length, JsonValue.LongestText);
        }

        return JsonObject.Adopt(members, length);
    }
}
