using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Benchmarks.Peers;
using StepFlow.Execution;
using StepFlow.Language.Json;
using StepFlow.Local.Engine;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Durable;

/// <summary>Task steps a second, each durable (synchronous=FULL) before the next begins, against DBOS on PostgreSQL.</summary>
internal sealed class DurableSteps : IBenchmark
{
    private static readonly (int Concurrency, int Steps)[] Cases = [(1, 100), (100, 100), (1000, 50)];

    public IReadOnlyList<string> Names { get; } = [.. Cases.Select(item => Name(item.Concurrency))];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        var figures = new List<Figure>();
        foreach ((int concurrency, int steps) in Cases.Where(item => run.IsChosen(Name(item.Concurrency))))
        {
            double ours = await MeasureAsync(concurrency, steps, run.IsShort ? 3 : 10);
            double? peer = await DbosPeer.MeasureAsync(concurrency, run.IsShort ? Math.Max(1, concurrency / 2) : concurrency * 2, steps);
            figures.Add(new Figure(Name(concurrency), ours, peer, "durable-steps/s"));
            figures.Add(new Figure(Name(concurrency) + "-raw", ours, RawCommits.Measure(concurrency, run.IsShort ? 20 * concurrency : 200 * concurrency), "durable-steps/s"));
        }

        return figures;
    }

    private static string Name(int concurrency) => string.Create(CultureInfo.InvariantCulture, $"durable-steps-{concurrency}");

    private static async Task<double> MeasureAsync(int concurrency, int steps, double seconds)
    {
        using var folder = new TemporaryFolder();
        await using var host = LocalHost.Open(new() { Journal = new() { Folder = folder.Path } }, TimeProvider.System, NullLogger.Instance);
        host.Run(new LocalHostParts { Tasks = new CountingTasks() });
        string definition = CountingLoop.Definition(steps);

        // Less than a second of it runs code that the runtime has not optimized yet.
        await RunAsync(host, definition, "warm", concurrency, seconds);
        var watch = Stopwatch.StartNew();
        int executions = await RunAsync(host, definition, "run", concurrency, seconds);
        return executions * steps / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Runs executions, so many at a time, and begins none after the seconds.</summary>
    /// <returns>How many ended.</returns>
    private static async Task<int> RunAsync(LocalHost host, string definition, string prefix, int concurrency, double seconds)
    {
        int begun = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Interlocked.Increment(ref begun)}");
                ExecutionRequest request = CountingLoop.Request(name, definition);
                await host.StartAsync(request, CancellationToken.None);
                ExecutionRecord ended = (await host.WaitAsync(request.Start.ExecutionArn, CancellationToken.None))!;
                if (ended.Status != ExecutionStatus.Succeeded)
                {
                    throw new InvalidOperationException($"{name} ended {ended.Status}: {ended.Error} {ended.Cause}");
                }
            }
        })));
        return begun;
    }
}
