namespace StepFlow.Language.JsonPath;

/// <summary>
/// How much one evaluation of a path may still look at, filters within it included. Several deep scans in one path visit a
/// document many times over: no path may hold a host for minutes, or fill its memory.
/// </summary>
internal sealed class PathBudget
{
    /// <summary>How many values a path may visit; more than any document that a request can bring has.</summary>
    public const int MaxVisits = 5_000_000;

    private const int BytesPerVisit = 16;

    private long _left = MaxVisits;

    /// <summary>Counts values that are looked at; false once there were too many.</summary>
    public bool Take(long visits) => (_left -= visits) >= 0;

    /// <summary>Counts a value that is compared as a whole.</summary>
    public bool Take(JsonValue? value) => Take(value is JsonArray or JsonObject or JsonString ? 1 + (value.Utf8Length / BytesPerVisit) : 1);
}
