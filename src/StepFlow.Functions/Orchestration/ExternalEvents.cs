using System.Text.Json;

namespace StepFlow.Functions.Orchestration;

/// <summary>
/// Reads external events. An orchestration waits for any JSON: whoever holds a key of the task hub can raise anything,
/// and an event that could not be read would end the orchestration at once.
/// </summary>
internal static class ExternalEvents
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The event; null where it is none of this type.</summary>
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
