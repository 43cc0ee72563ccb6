using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Workloads;

/// <summary>Inline Maps of one Pass state, most of them small, some of tens of thousands of items.</summary>
internal sealed class InlineMaps : IWorkload
{
    private const string Definition = """
        {"QueryLanguage":"JSONata","StartAt":"Each","States":{
          "Each":{"Type":"Map","Items":"{% [1..$states.input.count] %}",
            "ItemProcessor":{"StartAt":"Double","States":{"Double":{"Type":"Pass","Output":"{% $states.input * 2 %}","End":true}}},
            "Output":"{% {'count':$count($states.result),'sum':$sum($states.result)} %}","End":true}}}
        """;

    private string _machine = string.Empty;

    public string Name => "inline-maps";

    public async Task PrepareAsync(WorkloadContext context) => _machine = await context.CreateMachineAsync(Name, Definition);

    public Task StartOneAsync(WorkloadContext context, Random random)
    {
        long count = random.Next(100) switch { 0 => random.Next(1000, 6000), < 10 => random.Next(50, 300), _ => random.Next(1, 20) };
        return StartAsync(context, count);
    }

    /// <summary>Starts a Map of so many items.</summary>
    public Task StartAsync(WorkloadContext context, long count) => context.StartAsync(
        Name, _machine, new JsonObject { ["count"] = count }, Expect.Output(new JsonObject { ["count"] = count, ["sum"] = count * (count + 1) }));
}
