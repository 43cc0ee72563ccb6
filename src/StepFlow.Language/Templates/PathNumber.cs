using System.Globalization;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary>A field with a number whose name ends with Path: <c>MaxConcurrencyPath</c>, <c>TimeoutSecondsPath</c>, …</summary>
/// <param name="rule">The field's name and range.</param>
/// <param name="path">The path. Its value may also be a string that holds the number.</param>
public sealed class PathNumber(NumberRule rule, PathExpression path, EffectiveInput input) : NumberField
{
    public override Outcome<double> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> source = input.Read(scope);
        if (!source.IsSuccess)
        {
            return source.Error;
        }

        if (path.Find(scope, source.Value) is not { } value)
        {
            return PathErrors.InvalidPath(path, scope, source.Value);
        }

        double? number = value switch
        {
            JsonNumber plain => plain.ToDouble(),
            JsonString { Value: var text } when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) => parsed,
            _ => null,
        };
        if (number is not { } found || !double.IsFinite(found) || (rule.IsInteger && Math.Floor(found) != found))
        {
            return FieldErrors.NotANumber(rule, path, value);
        }

        return rule.Check(found) is { } error ? error : found;
    }
}
