using System.Globalization;

namespace StepFlow.Benchmarks.Peers;

/// <summary>DBOS (npm) on PostgreSQL.</summary>
internal static class DbosPeer
{
    /// <summary>Durable steps a second.</summary>
    public static Task<double?> MeasureAsync(int concurrency, int workflows, int steps) =>
        PeerProcess.MeasureAsync("dbos", "bash", ["bench.sh", "bench.mjs", Text(concurrency), Text(workflows), Text(steps)]);

    /// <summary>Durable starts a second over HTTP.</summary>
    public static Task<double?> MeasureStartsAsync(int clients, TimeSpan time) =>
        PeerProcess.MeasureAsync("dbos", "bash", ["bench.sh", "starts.mjs", Text(clients), Text((int)time.TotalSeconds)]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
