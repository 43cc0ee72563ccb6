using System.Collections.Concurrent;
using System.Diagnostics;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Workloads;

namespace StepFlow.Reliability.Proofs;

/// <summary>Inline Maps of one to 100,000 items, one after the other: each ends, with every item in its output and its history.</summary>
internal sealed class InlineMapsProof : IProof
{
    private static readonly int[] Sizes = [1, 2, 10, 100, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000];

    public string Name => "inline-maps";

    public async Task<IReadOnlyList<Problem>> RunAsync(TestBed bed, TimeSpan time, TextWriter output, CancellationToken cancellationToken)
    {
        var context = new WorkloadContext(bed.Client, bed.Tasks, null, cancellationToken, cancellationToken);
        var reader = new RecordReader(bed.Client, cancellationToken);
        var maps = new InlineMaps();
        await maps.PrepareAsync(context);
        foreach (int size in Sizes)
        {
            var watch = Stopwatch.StartNew();
            await maps.StartAsync(context, size);
            int hanging = await new QuietWait(TimeSpan.FromSeconds(60)).UntilEndedAsync(context.Machines.Values, reader, cancellationToken);
            await output.WriteLineAsync($"{size} items: {(hanging == 0 ? "ended" : "has not ended")} after {watch.Elapsed.TotalSeconds:0.0} s, resident {bed.Server.ResidentBytes / 1_000_000} MB");
        }

        var problems = new ConcurrentQueue<Problem>();
        await new RunChecker(context, reader, problems, artifacts: null).CheckAsync();
        return [.. problems];
    }
}
