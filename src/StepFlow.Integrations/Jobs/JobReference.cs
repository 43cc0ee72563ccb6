namespace StepFlow.Integrations.Jobs;

/// <summary>The data of a running job that a host stores between two calls of its task.</summary>
internal static class JobReference
{
    private const string Id = "id";
    private const string Polls = "asked";

    /// <summary>The id of the job that was started; null where none was.</summary>
    public static string? IdOf(TaskCall call) => call.JobReference is JsonObject reference && reference[Id] is JsonString id ? id.Value : null;

    /// <summary>What to keep until the next call.</summary>
    /// <param name="polls">The number of times that the job's state was read before.</param>
    public static JsonObject Next(TaskCall call, JobState state, out int polls)
    {
        polls = call.JobReference is JsonObject reference && reference[Polls] is JsonNumber number && number.TryGetInt64(out long before) ? (int)before : 0;
        return JsonObject.Create((Id, state.Id), (Polls, polls + 1));
    }
}
