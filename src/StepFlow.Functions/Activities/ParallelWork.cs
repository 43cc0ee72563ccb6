namespace StepFlow.Functions.Activities;

/// <summary>Requests of one activity that run beside one another.</summary>
internal static class ParallelWork
{
    /// <summary>How many.</summary>
    public const int Requests = 16;

    /// <summary>Does something for each of some things.</summary>
    public static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> perform, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Requests, CancellationToken = cancellationToken }, perform);
}
