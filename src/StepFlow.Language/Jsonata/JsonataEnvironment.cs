namespace StepFlow.Language.Jsonata;

/// <summary>The environment of an evaluation: one instant, one source of random values, its functions and its limits.</summary>
public sealed class JsonataEnvironment
{
    /// <summary>The time that <c>$now()</c> and <c>$millis()</c> return during the whole evaluation.</summary>
    public required DateTimeOffset Instant { get; init; }

    /// <summary>Where <c>$random()</c>, <c>$shuffle()</c> and <c>$uuid()</c> draw from.</summary>
    public required Entropy Entropy { get; init; }

    public JsonataLimits Limits { get; init; } = JsonataLimits.Default;

    /// <summary>Counts the steps together with those of other expressions; null if only the limits apply.</summary>
    public ExpressionSteps? Steps { get; init; }

    public JsonataFunctionSet Functions { get; init; } = JsonataFunctionSet.Standard;
}
