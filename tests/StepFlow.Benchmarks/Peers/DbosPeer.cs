using System.Globalization;

namespace StepFlow.Benchmarks.Peers;

/// <summary>DBOS (npm) on PostgreSQL.</summary>
internal static class DbosPeer
{
    /// <summary>Durable steps a second.</summary>
    public static Task<double?> MeasureAsync(int concurrency, int workflows, int steps) =>
        PeerProcess.MeasureAsync("dbos", "bash", ["bench.sh", Text(concurrency), Text(workflows), Text(steps)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
