using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Checking;

/// <summary>An event as GetExecutionHistory shows it.</summary>
/// <param name="Id">Its id, from 1.</param>
/// <param name="PreviousId">The id of the event that led to it; 0 for none.</param>
/// <param name="Type">Its type.</param>
/// <param name="Timestamp">When, in seconds since 1970.</param>
/// <param name="Details">Its details object; null where the type has none.</param>
internal sealed record HistoryEvent(long Id, long PreviousId, string Type, double Timestamp, JsonObject? Details)
{
    /// <summary>The name of the state that is entered or exited; null for other events.</summary>
    public string? StateName => (string?)Details?["name"];

    /// <summary>Reads the API's form.</summary>
    public static HistoryEvent Read(JsonObject entry)
    {
        JsonObject? details = null;
        foreach ((string name, JsonNode? value) in entry)
        {
            if (name.EndsWith("Details", StringComparison.Ordinal))
            {
                details = (JsonObject?)value;
            }
        }

        return new((long)entry["id"]!, (long?)entry["previousEventId"] ?? 0, (string)entry["type"]!, (double)entry["timestamp"]!, details);
    }
}
