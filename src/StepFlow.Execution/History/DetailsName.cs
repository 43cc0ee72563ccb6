using System.Collections.Frozen;
using System.Text.Json;

namespace StepFlow.Execution.History;

/// <summary>The member of an event that holds its details (GetExecutionHistory, <c>HistoryEvent</c>).</summary>
internal static class DetailsName
{
    private static readonly FrozenDictionary<HistoryEventType, JsonEncodedText> Names =
        Enum.GetValues<HistoryEventType>().ToFrozenDictionary(type => type, type => JsonEncodedText.Encode(Compose(type.ToString())));

    private static readonly FrozenDictionary<HistoryEventType, JsonEncodedText> Types =
        Enum.GetValues<HistoryEventType>().ToFrozenDictionary(type => type, type => JsonEncodedText.Encode(type.ToString()));

    public static JsonEncodedText Of(HistoryEventType type) => Names[type];

    public static JsonEncodedText TypeOf(HistoryEventType type) => Types[type];

    private static string Compose(string type)
    {
        string stem = type.EndsWith("StateEntered", StringComparison.Ordinal) ? "stateEntered"
            : type.EndsWith("StateExited", StringComparison.Ordinal) ? "stateExited"
            : char.ToLowerInvariant(type[0]) + type[1..];
        return stem + "EventDetails";
    }
}
