using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Faults;
using StepFlow.Reliability.Workloads;

namespace StepFlow.Reliability.Proofs;

/// <summary>
/// The disk is full for 2 s, then for 12 s: executions that wait a second, that start others, that add to a table, and
/// distributed Maps, some acknowledged just before and some asked for meanwhile, all succeed. Needs Linux and root.
/// </summary>
internal sealed class FullDiskProof : IProof
{
    private const int OfEach = 20;
    private const string Wait = """{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":1,"End":true}}}""";

    private const string Map = """
        {"StartAt":"Each","States":{"Each":{"Type":"Map","ItemsPath":"$.items","End":true,"ItemProcessor":{
          "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"Pass","States":{"Pass":{"Type":"Pass","End":true}}}}}}
        """;

    private static readonly int[] Seconds = [2, 12];

    public string Name => "disk-full";

    public IReadOnlyList<string> Faults => [FaultCatalog.Disk];

    public async Task<IReadOnlyList<Problem>> RunAsync(TestBed bed, TimeSpan time, TextWriter output, CancellationToken cancellationToken)
    {
        if (bed.Faults.OfType<FullDiskFault>().FirstOrDefault() is not { } disk)
        {
            return [new(Name, "disk", string.Join(' ', bed.Skipped))];
        }

        var context = new WorkloadContext(bed.Client, bed.Tasks, null, cancellationToken, cancellationToken);
        var reader = new RecordReader(bed.Client, cancellationToken);
        IWorkload[] workloads = [new NestedExecutions(), new Tables()];
        foreach (IWorkload workload in workloads)
        {
            await workload.PrepareAsync(context);
        }

        string wait = await context.CreateMachineAsync("wait", Wait);
        string map = await context.CreateMachineAsync("map", Map);
        context.ExpectChildren("map");
        foreach (int seconds in Seconds)
        {
            await StartAsync(seconds);
            Task full = disk.StrikeAsync(TimeSpan.FromSeconds(seconds), cancellationToken);
            await Task.WhenAll(full, StartAsync(seconds + 1));
            int hanging = await new QuietWait(TimeSpan.FromSeconds(60)).UntilEndedAsync(context.Machines.Values, reader, cancellationToken);
            await output.WriteLineAsync($"full for {seconds} s: {hanging} of {context.Entries.Count} executions have not ended");
        }

        foreach ((string failure, int count) in bed.Client.Failures)
        {
            await output.WriteLineAsync($"{count} responses: {failure}");
        }

        var problems = new ConcurrentQueue<Problem>(bed.Client.Failures.Select(failure => new Problem(Name, "answer", $"The server responded with {failure.Key}. Expected while the disk is full: 503.")));
        await new RunChecker(context, reader, problems, artifacts: null).CheckAsync();
        foreach (IWorkload workload in workloads)
        {
            foreach (Problem problem in await workload.CheckAsync(context, reader))
            {
                problems.Enqueue(problem);
            }
        }

        return [.. problems];

        Task StartAsync(int seed) => Task.WhenAll(Enumerable.Range(0, OfEach).Select(async number =>
        {
            var random = new Random((seed * OfEach) + number);
            await context.StartAsync("wait", wait, new JsonObject(), Expect.End("SUCCEEDED"));
            var items = new JsonArray([.. Enumerable.Range(0, 10).Select(static item => (JsonNode)item)]);
            await context.StartAsync("map", map, new JsonObject { ["items"] = items }, Expect.Output(items.DeepClone()));
            foreach (IWorkload workload in workloads)
            {
                await workload.StartOneAsync(context, random);
            }
        }));
    }
}
