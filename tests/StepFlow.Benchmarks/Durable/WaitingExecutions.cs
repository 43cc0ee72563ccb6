using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Benchmarks.Peers;
using StepFlow.Local.Engine;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Durable;

/// <summary>Many executions that wait on a timer: the memory of a process that has them, and how long its start takes.</summary>
internal sealed class WaitingExecutions : IBenchmark
{
    /// <summary>The argument under which this program starts itself, to measure a process that does nothing else.</summary>
    public const string ChildArgument = "--waiting-child";

    private const int Executions = 100_000;
    private const string Definition = """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":86400,"End":true}}}""";

    public IReadOnlyList<string> Names { get; } = ["waiting-100000-rss", "waiting-100000-recovery", "waiting-100000-starts"];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        using var folder = new TemporaryFolder();
        double starts = await FillAsync(folder.Path);
        string output = await PeerProcess.RunAsync(Environment.ProcessPath!, folder.Path, [ChildArgument, folder.Path]);
        double[] figures = [.. output.Trim().Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        return
        [
            new Figure("waiting-100000-rss", figures[0], null, "MB"),
            new Figure("waiting-100000-recovery", figures[1], null, "ms"),
            new Figure("waiting-100000-starts", starts, null, "durable-starts/s"),
        ];
    }

    /// <summary>Recovers a folder; writes the resident memory in MB and the time of the recovery in ms.</summary>
    public static async Task MeasureRecoveryAsync(string folder)
    {
        var watch = Stopwatch.StartNew();
        await using LocalHost host = Open(folder);
        double elapsed = watch.Elapsed.TotalMilliseconds;
        if (host.WaitingOnTimers != Executions)
        {
            throw new InvalidOperationException($"{host.WaitingOnTimers} executions wait instead of {Executions}.");
        }

        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        System.Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{process.WorkingSet64 / 1e6:F1} {elapsed:F1}"));
    }

    private static async Task<double> FillAsync(string folder)
    {
        await using LocalHost host = Open(folder);
        var watch = Stopwatch.StartNew();
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            for (int number = Interlocked.Increment(ref next); number <= Executions; number = Interlocked.Increment(ref next))
            {
                await host.StartAsync(CountingLoop.Request(number.ToString(CultureInfo.InvariantCulture), Definition), CancellationToken.None);
            }
        })));
        return Executions / watch.Elapsed.TotalSeconds;
    }

    private static LocalHost Open(string folder)
    {
        LocalHost host = LocalHost.Open(new() { Journal = new() { Folder = folder } }, TimeProvider.System, NullLogger.Instance);
        host.Run(new LocalHostParts { Tasks = new CountingTasks() });
        return host;
    }
}
