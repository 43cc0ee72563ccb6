using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Measurements;
using StepFlow.Reliability.Workloads;

namespace StepFlow.Reliability.Proofs;

/// <summary>
/// Distributed Maps of 60,000 Express children, two at a time without a pause, beside 50 quick executions a second: 99 of 100 starts
/// get a response within 200 ms, because the outcomes of children are written in small parts.
/// </summary>
internal sealed class LargeMapsProof : IProof
{
    private const int StartsPerSecond = 50;
    private const int Maps = 2;
    private const double LongestP99 = 200;

    private const string Map = """
        {"QueryLanguage":"JSONata","StartAt":"Each","States":{"Each":{"Type":"Map","Items":"{% [1..60000] %}","End":true,
          "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},
            "StartAt":"One","States":{"One":{"Type":"Pass","Output":1,"End":true}}}}}}
        """;

    public string Name => "large-maps";

    public async Task<IReadOnlyList<Problem>> RunAsync(TestBed bed, TimeSpan time, TextWriter output, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var context = new WorkloadContext(bed.Client, bed.Tasks, null, over.Token, cancellationToken);
        var reader = new RecordReader(bed.Client, cancellationToken);
        var load = new StartLoad(context, StartsPerSecond);
        await load.PrepareAsync();
        string machine = await context.CreateMachineAsync("maps", Map);
        int ended = 0;
        for (int i = 0; i < Maps; i++)
        {
            context.Beside(async stopping =>
            {
                while (!stopping.IsCancellationRequested)
                {
                    string arn = await context.StartAsync(Name, machine, input: null, Expect.End("SUCCEEDED"));
                    while ((string)(await context.CallAsync("DescribeExecution", new() { ["executionArn"] = arn }))["status"]! == "RUNNING")
                    {
                        await Task.Delay(200, cancellationToken);
                    }

                    Interlocked.Increment(ref ended);
                }
            });
        }

        await load.RunAsync(time);
        await over.CancelAsync();
        await context.EndAsync();
        await output.WriteLineAsync($"{load}; {ended} maps; resident {(MemoryWatch.ReadPeak(bed.Server.ProcessId!.Value) ?? 0) / 1_000_000} MB at the most");
        var problems = new List<Problem>();
        foreach (LedgerEntry entry in context.Entries)
        {
            ExecutionRecord execution = await reader.ReadAsync(entry.Arn) ?? throw new InvalidOperationException($"{entry.Arn} is not known.");
            problems.AddRange(entry.Check(execution).Select(wrong => new Problem(Name, entry.Arn, wrong)));
        }

        if (load.P99 > LongestP99)
        {
            problems.Add(new(Name, "latency", $"99 of 100 starts took up to {load.P99:0} ms; {LongestP99:0} are allowed."));
        }

        return problems;
    }
}
