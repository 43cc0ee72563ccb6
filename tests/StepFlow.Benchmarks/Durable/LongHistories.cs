using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Execution;
using StepFlow.Local.Engine;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Durable;

/// <summary>
/// What a state costs when its execution's history is long already: the time of the last thousand events of a history, in
/// microseconds an event, and how many events a second are read from its end.
/// </summary>
internal sealed class LongHistories : IBenchmark
{
    private const int EventsOfAStep = 7;
    private const int LastSteps = 100;
    private const int Page = 1000;
    private static readonly int[] Cases = [1_000, 10_000, 100_000];

    public IReadOnlyList<string> Names { get; } = [.. Cases.Select(Name)];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        var figures = new List<Figure>();
        foreach (int events in Cases.Where(events => run.IsChosen(Name(events))))
        {
            figures.AddRange(await MeasureAsync(events));
        }

        return figures;
    }

    private static string Name(int events) => string.Create(CultureInfo.InvariantCulture, $"history-{events}");

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(int events)
    {
        using var folder = new TemporaryFolder();
        int steps = events / EventsOfAStep;
        var marks = new MarkedTasks(steps - LastSteps, steps);
        await using var host = LocalHost.Open(new() { Journal = new() { Folder = folder.Path } }, TimeProvider.System, NullLogger.Instance);
        host.Run(new LocalHostParts { Tasks = marks });
        ExecutionRequest request = CountingLoop.Request("long", CountingLoop.Definition(steps));
        await host.StartAsync(request, CancellationToken.None);
        ExecutionRecord ended = (await host.WaitAsync(request.Start.ExecutionArn, CancellationToken.None))!;
        if (ended.Status != ExecutionStatus.Succeeded)
        {
            throw new InvalidOperationException($"The execution ended {ended.Status}: {ended.Error} {ended.Cause}");
        }

        var watch = Stopwatch.StartNew();
        int read = 0;
        while (watch.Elapsed < TimeSpan.FromSeconds(1))
        {
            read += (await host.HistoryAsync(request.Start.ExecutionArn, null, Page, reverse: true, CancellationToken.None)).Count;
        }

        return
        [
            new(Name(events), marks.Elapsed.TotalMicroseconds / (LastSteps * EventsOfAStep), null, "us/event") { LessIsBetter = true },
            new(Name(events) + "-read", read / watch.Elapsed.TotalSeconds, null, "events/s"),
        ];
    }
}
