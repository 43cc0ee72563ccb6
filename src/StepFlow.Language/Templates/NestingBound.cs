using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary>
/// Holds documents to the depth that can be parsed: a loop that wraps its input once a turn would otherwise grow one
/// that no recursive walk survives.
/// </summary>
internal static class NestingBound
{
    private static readonly StatesError TooDeep = PathErrors.Runtime($"The document nests deeper than {JsonParser.MaxDepth}.");

    public static Outcome<JsonValue> Bounded(this Outcome<JsonValue> outcome) =>
        outcome.IsSuccess && outcome.Value.Depth > JsonParser.MaxDepth ? TooDeep : outcome;
}
