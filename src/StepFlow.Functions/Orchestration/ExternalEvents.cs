using System.Text.Json;

namespace StepFlow.Functions.Orchestration;

/// <summary>
/// Reads external events. An orchestration accepts any JSON: everyone with a key of the task hub can raise any event,
/// and an event that cannot be deserialized would end the orchestration.
/// </summary>
internal static class ExternalEvents
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The event; null if it is not of this type.</summary>
    public static T? Read<T>(JsonElement? payload)
        where T : class
    {
        try
        {
            return payload?.Deserialize<T>(Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
