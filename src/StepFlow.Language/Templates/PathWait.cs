using System.Globalization;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary><c>SecondsPath</c> of a Wait: a whole number of seconds from 0.</summary>
public sealed class SecondsPathWait(PathExpression path, EffectiveInput input) : WaitField
{
    public override Outcome<DateTimeOffset> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> source = input.Read(scope);
        if (!source.IsSuccess)
        {
            return source.Error;
        }

        if (path.Find(scope, source.Value) is not { } value)
        {
            return FieldErrors.NoValue("SecondsPath", path);
        }

        long seconds = 0;
        bool isLong = value switch
        {
            JsonNumber number => number.TryGetInt64(out seconds),
            JsonString { Value: var text } => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seconds),
            _ => false,
        };
        if (!isLong)
        {
            return FieldErrors.NotALong(path, value);
        }

        return seconds < 0 ? FieldErrors.Negative(path, value) : SecondsWait.After(scope, seconds);
    }
}

/// <summary><c>TimestampPath</c> of a Wait.</summary>
public sealed class TimestampPathWait(PathExpression path, EffectiveInput input) : WaitField
{
    public override Outcome<DateTimeOffset> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> source = input.Read(scope);
        if (!source.IsSuccess)
        {
            return source.Error;
        }

        if (path.Find(scope, source.Value) is not { } value)
        {
            return FieldErrors.NoValue("TimestampPath", path);
        }

        return value is JsonString { Value: var text } && IsoTimestamp.TryParse(text, out IsoTimestamp timestamp)
            ? TimestampWait.Until(scope, timestamp.Instant)
            : FieldErrors.NotATimestamp(path, value);
    }
}
