using System.Collections.Concurrent;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Workloads;

namespace StepFlow.Reliability.Proofs;

/// <summary>800 executions that wait until 5–40 ms from now, started by 16 clients, twenty times over: each of them ends.</summary>
internal sealed class ShortWaitsProof : IProof
{
    private const int Rounds = 20;
    private const int Executions = 800;
    private const int Clients = 16;

    public string Name => "short-waits";

    public async Task<IReadOnlyList<Problem>> RunAsync(TestBed bed, TimeSpan time, TextWriter output, CancellationToken cancellationToken)
    {
        var context = new WorkloadContext(bed.Client, bed.Tasks, null, cancellationToken, cancellationToken);
        var reader = new RecordReader(bed.Client, cancellationToken);
        var waits = new Waits(isShort: true);
        await waits.PrepareAsync(context);
        for (int round = 1; round <= Rounds; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
            {
                var random = new Random((round * Clients) + client);
                for (int i = 0; i < Executions / Clients; i++)
                {
                    await waits.StartOneAsync(context, random);
                }
            }));
            await output.WriteLineAsync($"round {round}: {await RunningAsync(context, reader)} of {Executions} executions have not ended");
        }

        var problems = new ConcurrentQueue<Problem>();
        await new RunChecker(context, reader, problems, artifacts: null).CheckAsync();
        return [.. problems];
    }

    /// <summary>How many still run when none has ended for half a minute; as soon as none runs, 0.</summary>
    private static async Task<int> RunningAsync(WorkloadContext context, RecordReader reader)
    {
        var quiet = new QuietWait(TimeSpan.FromSeconds(30));
        return await quiet.UntilEndedAsync(context.Machines.Values, reader, context.Cancellation);
    }
}
