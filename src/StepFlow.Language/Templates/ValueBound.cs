using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary>
/// Limits the size and depth of the values that a state makes, to protect the host. It applies with and without quotas. Otherwise a loop
/// could nest its input until recursive code fails, or double it until the memory is full.
/// </summary>
internal static class ValueBound
{
    private static readonly StatesError TooDeep = PathErrors.Runtime($"The document nests deeper than {JsonParser.MaxDepth}.");

    private static readonly StatesError TooLarge = new(
        ErrorNames.DataLimitExceeded, $"The document has more than {Limits.MaxValueBytes} bytes, which is the most that one value may have.");

    /// <summary>Each level takes two bytes, so a shorter document cannot be too deep.</summary>
    private const int ShallowBytes = 2 * JsonParser.MaxDepth;

    public static Outcome<JsonValue> Bounded(this Outcome<JsonValue> outcome) =>
        !outcome.IsSuccess || outcome.Value.Utf8Length <= ShallowBytes ? outcome
        : outcome.Value.Depth > JsonParser.MaxDepth ? TooDeep
        : outcome.Value.Utf8Length > Limits.MaxValueBytes ? TooLarge
        : outcome;
}
