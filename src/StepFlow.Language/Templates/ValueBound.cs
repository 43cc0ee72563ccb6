using StepFlow.Language.Evaluation;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary>
/// Holds what a state makes to what a host can bear, whatever quotas are enforced: a loop that wraps its input once a turn
/// would otherwise grow a document that no recursive walk survives, and one that doubles it fill the memory.
/// </summary>
internal static class ValueBound
{
    private static readonly StatesError TooDeep = PathErrors.Runtime($"The document nests deeper than {JsonParser.MaxDepth}.");

    private static readonly StatesError TooLarge = new(
        ErrorNames.DataLimitExceeded, $"The document has more than {Limits.MaxValueBytes} bytes, which is the most that one value may have.");

    public static Outcome<JsonValue> Bounded(this Outcome<JsonValue> outcome) =>
        !outcome.IsSuccess ? outcome
        : outcome.Value.Depth > JsonParser.MaxDepth ? TooDeep
        : outcome.Value.Utf8Length > Limits.MaxValueBytes ? TooLarge
        : outcome;
}
