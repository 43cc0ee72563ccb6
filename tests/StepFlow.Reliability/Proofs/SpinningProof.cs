using System.Diagnostics;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Measurements;
using StepFlow.Reliability.Workloads;

namespace StepFlow.Reliability.Proofs;

/// <summary>
/// One execution that loops without end beside 500 quick ones a second: the server's memory stays where it was (the medians
/// of the last fifths of the time are within 20 % of that of the second), 99 of 100 starts get a response within 100 ms, and a stop works.
/// </summary>
internal sealed class SpinningProof : IProof
{
    private const int StartsPerSecond = 500;
    private const double LongestP99 = 100;
    private const double MaxGrowth = 1.2;

    public string Name => "spinning";

    public async Task<IReadOnlyList<Problem>> RunAsync(TestBed bed, TimeSpan time, TextWriter output, CancellationToken cancellationToken)
    {
        var context = new WorkloadContext(bed.Client, bed.Tasks, null, cancellationToken, cancellationToken);
        var loops = new EndlessLoops();
        await loops.PrepareAsync(context);
        var load = new StartLoad(context, StartsPerSecond);
        await load.PrepareAsync();
        string spinning = await loops.StartAsync(context);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var memory = new MemoryWatch(() => bed.Server.ProcessId);
        Task watch = memory.RunAsync(over.Token);
        await load.RunAsync(time);
        var stop = Stopwatch.StartNew();
        await context.StopAsync(spinning, "Enough", "It would never end.");
        stop.Stop();
        await over.CancelAsync();
        await watch;

        IReadOnlyList<long> fifths = memory.Medians(time, 5);
        (long settled, long most) = (fifths[1], fifths.Skip(2).Max());
        await output.WriteLineAsync($"{load}; stopped after {stop.ElapsedMilliseconds} ms");
        await output.WriteLineAsync($"resident, median of each fifth of the time: {string.Join(", ", fifths.Select(static bytes => bytes / 1_000_000))} MB; at most {memory.Peak / 1_000_000} MB");
        var problems = new List<Problem>();
        if (load.P99 > LongestP99)
        {
            problems.Add(new(Name, "latency", $"99 of 100 starts took up to {load.P99:0} ms; {LongestP99:0} are allowed."));
        }

        if (most > settled * MaxGrowth)
        {
            problems.Add(new(Name, "memory", $"It grew from {settled / 1_000_000} to {most / 1_000_000} MB; 20 % are allowed."));
        }

        return problems;
    }
}
