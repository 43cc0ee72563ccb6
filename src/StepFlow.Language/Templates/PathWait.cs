using System.Globalization;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary><c>SecondsPath</c> of a Wait: a whole number of seconds from 0.</summary>
public sealed class SecondsPathWait(PathExpression path, EffectiveInput input) : PathField<DateTimeOffset>(path, input)
{
    private protected override Outcome<DateTimeOffset> Convert(StateScope scope, JsonValue value)
    {
        long seconds = 0;
        bool isLong = value switch
        {
            JsonNumber number => number.TryGetInt64(out seconds),
            JsonString { Value: var text } => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seconds),
            _ => false,
        };
        return !isLong ? FieldErrors.NotALong(Path, value)
            : seconds < 0 ? FieldErrors.Negative(Path, value)
            : SecondsWait.After(scope, seconds);
    }

    private protected override StatesError Missing(StateScope scope, JsonValue source) => FieldErrors.NoValue("SecondsPath", Path);
}

/// <summary><c>TimestampPath</c> of a Wait.</summary>
public sealed class TimestampPathWait(PathExpression path, EffectiveInput input) : PathField<DateTimeOffset>(path, input)
{
    private protected override Outcome<DateTimeOffset> Convert(StateScope scope, JsonValue value) =>
        value is JsonString { Value: var text } && IsoTimestamp.TryParse(text, out IsoTimestamp timestamp)
            ? TimestampWait.Until(scope, timestamp.Instant)
            : FieldErrors.NotATimestamp(Path, value);

    private protected override StatesError Missing(StateScope scope, JsonValue source) => FieldErrors.NoValue("TimestampPath", Path);
}
