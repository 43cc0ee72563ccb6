namespace StepFlow.Functions.Activities;

/// <summary>Runs requests of one activity in parallel.</summary>
internal static class ParallelWork
{
    public const int Requests = 16;

    /// <summary>Performs an action for each item.</summary>
    public static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> perform, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Requests, CancellationToken = cancellationToken }, perform);
}
