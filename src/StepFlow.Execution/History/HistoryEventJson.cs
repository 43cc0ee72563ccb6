using System.Text.Json;

namespace StepFlow.Execution.History;

/// <summary>
/// History events as JSON, in the form of the API (GetExecutionHistory, <c>HistoryEvent</c>). Hosts store them in this form
/// too. Times are epoch seconds, exact to the tick; payloads are JSON texts. Reading gives exactly the events that were written.
/// </summary>
public static class HistoryEventJson
{
    /// <summary>Writes an event as one JSON object.</summary>
    /// <param name="includeExecutionData">Whether to write payloads; without them the details objects stay (GetExecutionHistory, <c>includeExecutionData</c>).</param>
    public static void Write(Utf8JsonWriter writer, HistoryEvent historyEvent, bool includeExecutionData = true)
    {
        writer.WriteStartObject();
        writer.WriteNumber("timestamp"u8, EpochSeconds.From(historyEvent.Timestamp));
        writer.WriteString("type"u8, DetailsName.TypeOf(historyEvent.Type));
        writer.WriteNumber("id"u8, historyEvent.Id);
        writer.WriteNumber("previousEventId"u8, historyEvent.PreviousEventId);
        if (historyEvent.Details is { } details)
        {
            writer.WritePropertyName(DetailsName.Of(historyEvent.Type));
            writer.WriteStartObject();
            new EventDetailsWriter(writer, includeExecutionData).Write(details);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads an event that <see cref="Write"/> wrote with its payloads.</summary>
    /// <exception cref="FormatException">The JSON is not a history event, or it has a type that this version does not support.</exception>
    public static HistoryEvent Read(Language.Json.JsonValue json) => HistoryEventReader.Read(json);
}
