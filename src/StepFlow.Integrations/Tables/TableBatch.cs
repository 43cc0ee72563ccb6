namespace StepFlow.Integrations.Tables;

/// <summary>Makes the calls of a batch. Each has its own idempotency key.</summary>
internal static class TableBatch
{
    /// <summary>How many calls of a batch run at a time.</summary>
    private const int AtOnce = 8;

    /// <summary>Runs calls. Returns their results in order, or the first failure.</summary>
    /// <param name="calls">The integration and the arguments of each one.</param>
    public static async Task<(IReadOnlyList<JsonObject> Results, TaskRejected? Failure)> RunAsync(
        TaskCall call, IReadOnlyList<(ITaskIntegration Integration, JsonObject Arguments)> calls, CancellationToken cancellationToken)
    {
        var outcomes = new TaskOutcome[calls.Count];
        await Parallel.ForAsync(0, calls.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (index, token) =>
            outcomes[index] = await calls[index].Integration.RunAsync(
                call with { Arguments = calls[index].Arguments, IdempotencyKey = $"{call.IdempotencyKey}/{index}" }, token));
        return outcomes.OfType<TaskRejected>().FirstOrDefault() is { } failure
            ? ([], failure)
            : ([.. outcomes.Cast<TaskCompleted>().Select(static one => (JsonObject)one.Output)], null);
    }
}
