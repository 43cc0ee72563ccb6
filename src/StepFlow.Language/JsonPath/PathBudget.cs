namespace StepFlow.Language.JsonPath;

/// <summary>
/// The number of values that one evaluation of a path may still visit, including its filters. Several deep scans in one path visit a
/// document many times. The limit protects the host's time and memory.
/// </summary>
/// <param name="steps">Counts its visits together with the steps of other expressions; null for itself alone.</param>
internal sealed class PathBudget(ExpressionSteps? steps = null)
{
    /// <summary>The maximum number of values that a path may visit. No document of a request has so many.</summary>
    public const int MaxVisits = 5_000_000;

    private long _left = MaxVisits;

    /// <summary>Counts visited values. False if the maximum is exceeded.</summary>
    public bool Take(long visits) => (_left -= visits) >= 0 && (steps is null || steps.Take(visits));

    /// <summary>Counts a value that is compared as a whole.</summary>
    public bool Take(JsonValue? value) => Take(value is JsonArray or JsonObject or JsonString ? 1 + (value.Utf8Length / ExpressionSteps.BytesPerStep) : 1);
}
