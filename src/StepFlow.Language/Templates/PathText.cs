using StepFlow.Language.Compilation;
using StepFlow.Language.Intrinsics;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary><c>ErrorPath</c> and <c>CausePath</c> of a Fail: a path or an intrinsic function that returns a string.</summary>
/// <param name="field">The field's name for messages.</param>
public sealed class PathText(string field, ValueExpression expression, EffectiveInput input) : Field<string>
{
    public override Outcome<string> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> source = input.Read(scope);
        if (!source.IsSuccess)
        {
            return source.Error;
        }

        Outcome<JsonValue> value = expression.Evaluate(scope, source.Value, field);
        if (!value.IsSuccess)
        {
            return value.Error;
        }

        return value.Value is JsonString text ? text.Value : FieldErrors.NotAString(field, expression.Text, value.Value);
    }
}
