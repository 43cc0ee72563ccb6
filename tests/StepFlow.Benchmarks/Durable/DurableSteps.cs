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
    private static readonly (int Concurrency, int Executions, int Steps)[] Cases = [(1, 20, 100), (100, 1000, 100), (1000, 2000, 50)];

    public IReadOnlyList<string> Names { get; } = [.. Cases.Select(item => Name(item.Concurrency))];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        var figures = new List<Figure>();
        foreach ((int concurrency, int executions, int steps) in Cases.Where(item => run.IsChosen(Name(item.Concurrency))))
        {
            int count = run.IsShort ? Math.Max(concurrency, executions / 5) : executions;
            double ours = await MeasureAsync(concurrency, count, steps);
            double? peer = await DbosPeer.MeasureAsync(concurrency, run.IsShort ? Math.Max(1, concurrency / 2) : concurrency * 2, steps);
            figures.Add(new Figure(Name(concurrency), ours, peer, "durable-steps/s"));
            figures.Add(new Figure(Name(concurrency) + "-raw", ours, RawCommits.Measure(concurrency, run.IsShort ? 20 * concurrency : 200 * concurrency), "durable-steps/s"));
        }

        return figures;
    }

    private static string Name(int concurrency) => string.Create(CultureInfo.InvariantCulture, $"durable-steps-{concurrency}");

    private static async Task<double> MeasureAsync(int concurrency, int executions, int steps)
    {
        using var folder = new TemporaryFolder();
        await using var host = LocalHost.Open(new() { Journal = new() { Folder = folder.Path } }, TimeProvider.System, NullLogger.Instance);
        host.Run(new LocalHostParts { Tasks = new CountingTasks() });
        string definition = CountingLoop.Definition(steps);
        await RunAsync(host, definition, "warm", concurrency, Math.Max(concurrency, executions / 10));
        var watch = Stopwatch.StartNew();
        await RunAsync(host, definition, "run", concurrency, executions);
        return (double)executions * steps / watch.Elapsed.TotalSeconds;
    }

    private static Task RunAsync(LocalHost host, string definition, string prefix, int concurrency, int executions)
    {
        int next = 0;
        return Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            for (int number = Interlocked.Increment(ref next); number <= executions; number = Interlocked.Increment(ref next))
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}");
                ExecutionRequest request = CountingLoop.Request(name, definition);
                await host.StartAsync(request, CancellationToken.None);
                ExecutionRecord ended = (await host.WaitAsync(request.Start.ExecutionArn, CancellationToken.None))!;
                if (ended.Status != ExecutionStatus.Succeeded)
                {
                    throw new InvalidOperationException($"{name} ended {ended.Status}: {ended.Error} {ended.Cause}");
                }
            }
        })));
    }
}
