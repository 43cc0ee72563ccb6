using System.Diagnostics;
using System.Text.Json.Nodes;
using StepFlow.Reliability.Workloads;

namespace StepFlow.Reliability.Proofs;

/// <summary>Starts short executions at a steady rate, and measures how long the responses take.</summary>
/// <param name="context">The server.</param>
/// <param name="perSecond">How many a second.</param>
internal sealed class StartLoad(WorkloadContext context, int perSecond)
{
    private const string Definition = """{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}}}""";

    private string _machine = string.Empty;

    /// <summary>The times until the responses, in milliseconds, in ascending order.</summary>
    public double[] Latencies { get; private set; } = [];

    /// <summary>99 of 100 starts got a response within this time, in milliseconds.</summary>
    public double P99 => Latencies[(int)(Latencies.Length * 0.99)];

    /// <summary>Creates the state machine.</summary>
    public async Task PrepareAsync() => _machine = await context.CreateMachineAsync("quick", Definition);

    /// <summary>Starts executions for a time, however long the responses take, and waits for these.</summary>
    public async Task RunAsync(TimeSpan time)
    {
        var running = new List<Task<double>>();
        var watch = Stopwatch.StartNew();
        for (int i = 0; watch.Elapsed < time; i++)
        {
            running.Add(StartAsync());
            TimeSpan due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due > watch.Elapsed)
            {
                await Task.Delay(due - watch.Elapsed, context.Cancellation);
            }
        }

        Latencies = [.. (await Task.WhenAll(running)).Order()];
    }

    public override string ToString() =>
        $"{Latencies.Length} starts, p50 {Latencies[Latencies.Length / 2]:0.0} ms, p99 {P99:0.0} ms, longest {Latencies[^1]:0} ms";

    private async Task<double> StartAsync()
    {
        long began = Stopwatch.GetTimestamp();
        await context.CallAsync("StartExecution", new JsonObject { ["stateMachineArn"] = _machine, ["input"] = "{}" });
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
