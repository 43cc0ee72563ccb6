using System.Globalization;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary>A field with a number whose name ends with Path: <c>MaxConcurrencyPath</c>, <c>TimeoutSecondsPath</c>, …</summary>
/// <param name="rule">The field's name and range.</param>
/// <param name="path">The path. Its value may also be a string that holds the number.</param>
public sealed class PathNumber(NumberRule rule, PathExpression path, EffectiveInput input) : PathField<double>(path, input)
{
    private protected override Outcome<double> Convert(StateScope scope, JsonValue value)
    {
        double? number = value switch
        {
            JsonNumber plain => plain.ToDouble(),
            JsonString { Value: var text } when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) => parsed,
            _ => null,
        };
        if (number is not { } found || !double.IsFinite(found) || (rule.IsInteger && Math.Floor(found) != found))
        {
            return FieldErrors.NotANumber(rule, Path, value);
        }

        return rule.Check(found) is { } error ? error : found;
    }

    private protected override StatesError Missing(StateScope scope, JsonValue source) => PathErrors.InvalidPath(Path, scope, source);
}
