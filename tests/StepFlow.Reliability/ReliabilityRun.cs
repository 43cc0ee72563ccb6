using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Client;
using StepFlow.Reliability.Faults;
using StepFlow.Reliability.Measurements;
using StepFlow.Reliability.Servers;
using StepFlow.Reliability.Workloads;

namespace StepFlow.Reliability;

/// <summary>
/// One run: a server as a process, executions of mixed kinds started at random, faults at random, and, when all have ended,
/// a check of everything that was acknowledged against what the server then shows.
/// </summary>
internal sealed class ReliabilityRun
{
    private const int StartsAtATime = 32;

    private readonly RunOptions _options;
    private readonly TextWriter _output;
    private readonly ConcurrentQueue<Problem> _problems = [];
    private readonly ConcurrentDictionary<string, int> _strikes = [];
    private readonly IReadOnlyList<IWorkload> _workloads;

    private ReliabilityRun(RunOptions options, TextWriter output)
    {
        _options = options;
        _output = output;
        _workloads = [.. WorkloadCatalog.Create().Where(workload => options.Kinds.Contains(workload.Name))];
    }

    /// <summary>Runs, and checks.</summary>
    public static async Task<RunReport> RunAsync(RunOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        await using TestBed bed = await TestBed.StartAsync(options.Load, options.Faults, options.Kinds.Contains(DistributedMaps.Kind), options.Artifacts, cancellationToken);
        foreach (string skipped in bed.Skipped)
        {
            await output.WriteLineAsync($"Skipped: {skipped}");
        }

        var run = new ReliabilityRun(options, output);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Load + options.Deadline);
        try
        {
            return await run.RunAsync(bed, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            run._problems.Enqueue(new("run", "deadline", $"The executions had not all ended {options.Deadline.TotalSeconds:0} s after the last start. The server crashed {bed.Server.Crashes} times."));
            return new([.. run._problems], []);
        }
    }

    private async Task<RunReport> RunAsync(TestBed bed, CancellationToken cancellationToken)
    {
        ServerUnderTest server = bed.Server;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var context = new WorkloadContext(bed.Client, bed.Tasks, bed.Storage, over.Token, cancellationToken) { ServerStarts = () => server.Starts };
        foreach (IWorkload workload in _workloads)
        {
            await workload.PrepareAsync(context);
        }

        var memory = new MemoryWatch(() => server.ProcessId);
        Task watch = Task.WhenAll(memory.RunAsync(over.Token), ReviveAsync(server, over.Token));
        var time = Stopwatch.StartNew();
        await Task.WhenAll(LoadAsync(context, time), StrikeAsync(bed.Faults, time, cancellationToken));
        await _output.WriteLineAsync($"{context.Entries.Count} executions in {time.Elapsed.TotalSeconds:0} s. Waiting until all have ended.");
        await context.FinishAsync();
        var reader = new RecordReader(bed.Client, cancellationToken);
        await new QuietWait(_options.QuietLimit).UntilEndedAsync(context.Machines.Values, reader, cancellationToken);
        await _output.WriteLineAsync($"After {time.Elapsed.TotalSeconds:0} s. Checking.");
        await new RunChecker(context, reader, _problems, _options.Artifacts).CheckAsync();
        foreach (IWorkload workload in _workloads)
        {
            AddAll(await workload.CheckAsync(context, reader));
        }

        AddAll(bed.Tasks.Calls.Check(server.Starts - 1));
        AddAll(bed.Client.Failures.Select(static failure => new Problem("server", "answer", $"The server responded {failure.Value} times with {failure.Key}. Expected during an outage: 503.")));

        await over.CancelAsync();
        await context.EndAsync();
        await watch;
        return new([.. _problems], [.. Figures(context, server, memory, time)]);
    }

    private void AddAll(IEnumerable<Problem> problems)
    {
        foreach (Problem problem in problems)
        {
            _problems.Enqueue(problem);
        }
    }

    /// <summary>Starts executions at the rate asked for. One stream of random numbers decides what: so a seed repeats them.</summary>
    private async Task LoadAsync(WorkloadContext context, Stopwatch time)
    {
        var random = new Random(_options.Seed);
        using var room = new SemaphoreSlim(StartsAtATime, StartsAtATime);
        for (int i = 0; time.Elapsed < _options.Load; i++)
        {
            IWorkload workload = _workloads[random.Next(_workloads.Count)];
            var own = new Random(random.Next());
            await room.WaitAsync(context.Cancellation);
            context.Later(async () =>
            {
                try
                {
                    await workload.StartOneAsync(context, own);
                }
                finally
                {
                    room.Release();
                }
            });
            TimeSpan due = TimeSpan.FromSeconds(i / _options.Rate);
            if (due > time.Elapsed)
            {
                await Task.Delay(due - time.Elapsed, context.Cancellation);
            }
        }

        for (int i = 0; i < StartsAtATime; i++)
        {
            await room.WaitAsync(context.Cancellation);
        }
    }

    private async Task StrikeAsync(IReadOnlyList<IFault> faults, Stopwatch time, CancellationToken cancellationToken)
    {
        var random = new Random(_options.Seed);
        while (faults.Count > 0)
        {
            IFault fault = faults[random.Next(faults.Count)];
            var own = new Random(random.Next());
            TimeSpan pause = TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) * _options.SecondsBetweenFaults);
            if (time.Elapsed + pause > _options.Load)
            {
                return;
            }

            await Task.Delay(pause, cancellationToken);
            await fault.StrikeAsync(own, cancellationToken);
            _strikes.AddOrUpdate(fault.Name, 1, static (_, count) => count + 1);
        }
    }

    /// <summary>Starts the server again if it ended by itself, and reports that.</summary>
    private async Task ReviveAsync(ServerUnderTest server, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await server.ReviveAsync(cancellationToken) is { } end)
                {
                    _problems.Enqueue(new("server", "process", $"The server crashed: {end}"));
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private IEnumerable<string> Figures(WorkloadContext context, ServerUnderTest server, MemoryWatch memory, Stopwatch time)
    {
        yield return $"executions {context.Entries.Count} ({string.Join(", ", context.Entries.GroupBy(static entry => entry.Kind).OrderBy(static kind => kind.Key).Select(static kind => $"{kind.Key} {kind.Count()}"))})";
        yield return $"task calls {context.Tasks.Calls.Count}";
        yield return $"faults {(_strikes.IsEmpty ? "none" : string.Join(", ", _strikes.OrderBy(static strike => strike.Key).Select(static strike => $"{strike.Key} {strike.Value}")))}";
        yield return $"server starts {server.Starts}, ended by itself {server.Crashes}, peak RSS {memory.Peak / 1_000_000} MB";
        foreach ((string operation, ConcurrentBag<double> latencies) in context.Client.Latencies.OrderBy(static one => one.Key))
        {
            double[] sorted = [.. latencies.Order()];
            yield return $"{operation} {sorted.Length} calls, p50 {sorted[sorted.Length / 2]:0.0} ms, p99 {sorted[(int)(sorted.Length * 0.99)]:0.0} ms, longest {sorted[^1]:0} ms";
        }

        foreach ((string failure, int count) in context.Client.Failures.OrderByDescending(static one => one.Value).Take(10))
        {
            yield return $"returned {count} times: {failure}";
        }

        yield return $"took {time.Elapsed.TotalSeconds:0} s";
    }
}
