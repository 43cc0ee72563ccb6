using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Workloads;

/// <summary>Loops of Pass and Choice that end.</summary>
internal sealed class BoundedLoops : IWorkload
{
    private const string Definition = """
        {"StartAt":"Add","States":{
          "Add":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n, 1)","end.$":"$.end"},"Next":"Enough"},
          "Enough":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericLessThanPath":"$.end","Next":"Add"}],"Default":"Done"},
          "Done":{"Type":"Succeed"}}}
        """;

    private string _machine = string.Empty;

    public string Name => "bounded-loops";

    public async Task PrepareAsync(WorkloadContext context) => _machine = await context.CreateMachineAsync(Name, Definition);

    public Task StartOneAsync(WorkloadContext context, Random random)
    {
        int end = random.Next(20) == 0 ? random.Next(500, 3000) : random.Next(1, 50);
        return context.StartAsync(
            Name, _machine, new JsonObject { ["n"] = 0, ["end"] = end }, Expect.Output(new JsonObject { ["n"] = end, ["end"] = end }));
    }
}
