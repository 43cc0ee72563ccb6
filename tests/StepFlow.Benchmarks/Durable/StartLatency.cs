using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Integrations.Tasks;
using StepFlow.Local.Engine;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Durable;

/// <summary>From the call of StartExecution until the first task is called, in milliseconds: the start is durable by then.</summary>
internal sealed class StartLatency : IBenchmark
{
    private static readonly (int Concurrency, int Executions)[] Cases = [(1, 500), (100, 20_000)];

    public IReadOnlyList<string> Names { get; } = [.. Cases.Select(item => Name(item.Concurrency))];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        var figures = new List<Figure>();
        foreach ((int concurrency, int executions) in Cases.Where(item => run.IsChosen(Name(item.Concurrency))))
        {
            double[] times = await MeasureAsync(concurrency, run.IsShort ? executions / 5 : executions);
            figures.Add(new(Name(concurrency) + "-p50", times[times.Length / 2], null, "ms") { LessIsBetter = true });
            figures.Add(new(Name(concurrency) + "-p99", times[times.Length * 99 / 100], null, "ms") { LessIsBetter = true });
        }

        return figures;
    }

    private static string Name(int concurrency) => string.Create(CultureInfo.InvariantCulture, $"start-to-task-{concurrency}");

    private static async Task<double[]> MeasureAsync(int concurrency, int executions)
    {
        using var folder = new TemporaryFolder();
        var tasks = new TimedTasks();
        await using var host = LocalHost.Open(new() { Journal = new() { Folder = folder.Path } }, TimeProvider.System, NullLogger.Instance);
        host.Run(new LocalHostParts { Tasks = tasks });
        string definition = CountingLoop.Definition(1);
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            for (int number = Interlocked.Increment(ref next); number <= executions; number = Interlocked.Increment(ref next))
            {
                ExecutionRequest request = CountingLoop.Request(string.Create(CultureInfo.InvariantCulture, $"e-{number}"), definition);
                tasks.Started[request.Start.ExecutionArn] = Stopwatch.GetTimestamp();
                await host.StartAsync(request, CancellationToken.None);
                await host.WaitAsync(request.Start.ExecutionArn, CancellationToken.None);
            }
        })));

        // The first tenth warms up.
        return [.. tasks.Times.Skip(executions / 10).Order()];
    }

    private sealed class TimedTasks : ITaskRunner
    {
        private readonly CountingTasks _tasks = new();

        public ConcurrentDictionary<string, long> Started { get; } = new(StringComparer.Ordinal);

        public ConcurrentQueue<double> Times { get; } = [];

        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
        {
            Times.Enqueue(Stopwatch.GetElapsedTime(Started[call.ExecutionArn]).TotalMilliseconds);
            return _tasks.RunAsync(call, cancellationToken);
        }
    }
}
