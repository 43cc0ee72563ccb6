using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Comparison;

/// <summary>
/// What AWS changed between recordings. The engine does what the service does now; a recording from before a change is
/// compared without what changed.
/// </summary>
/// <param name="recorded">When the case was recorded.</param>
internal sealed class ServiceChanges(DateTimeOffset recorded)
{
    /// <summary>Executions can be redriven; since then they contain the number of redrives.</summary>
    private static readonly DateTimeOffset Redrive = new(2023, 11, 15, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The exit of a distributed Map follows the start of its run; before, it followed the run's end. (Between the recordings of August and November.)</summary>
    private static readonly DateTimeOffset MapRunExit = new(2024, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Keys of one's own can encrypt machines and activities; since then both contain the key of their encryption (announced on 25 July 2024).</summary>
    private static readonly DateTimeOffset Encryption = new(2024, 7, 25, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether a member of a response is newer than the recording.</summary>
    public bool IsNewer(string member) => member switch
    {
        "RedriveCount" or "RedriveStatus" or "RedriveStatusReason" or "redriveCount" or "redriveStatus" or "redriveStatusReason" => recorded < Redrive,
        "encryptionConfiguration" => recorded < Encryption,
        _ => false,
    };

    /// <summary>A recorded history as the service would record it now.</summary>
    public List<JsonObject> Lift(List<JsonObject> events)
    {
        if (recorded >= MapRunExit)
        {
            return events;
        }

        var lifted = new List<JsonObject>(events);
        for (int i = 0; i < lifted.Count; i++)
        {
            if (TypeOf(lifted[i]) != "MapStateExited")
            {
                continue;
            }

            JsonObject? succeeded = lifted.Find(item => item["id"] == lifted[i]["previousEventId"] && TypeOf(item) == "MapRunSucceeded");
            lifted[i] = succeeded is null ? lifted[i] : lifted[i].With("previousEventId", succeeded["previousEventId"]!);
        }

        return lifted;
    }

    private static string TypeOf(JsonObject item) => (item["type"] as JsonString)?.Value ?? string.Empty;
}
