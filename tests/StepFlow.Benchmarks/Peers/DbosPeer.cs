namespace StepFlow.Benchmarks.Peers;

internal static class DbosPeer
{
    public static Task<double?> MeasureAsync(int concurrency, int workflows, int steps) => Task.FromResult<double?>(null);
}
