using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Workloads;

/// <summary>Inputs of up to a megabyte, of every kind of character, through states, a Map and a wait.</summary>
internal sealed class BigPayloads : IWorkload
{
    private const string Definition = """
        {"StartAt":"Keep","States":{
          "Keep":{"Type":"Pass","ResultPath":"$.kept","Result":true,"Next":"Wait"},
          "Wait":{"Type":"Wait","Seconds":1,"Next":"Each"},
          "Each":{"Type":"Map","ItemsPath":"$.items","ResultPath":"$.items","End":true,
            "ItemProcessor":{"StartAt":"Pass","States":{"Pass":{"Type":"Pass","End":true}}}}}}
        """;

    private static readonly string[] Letters = ["a", "é", "\"", "\\", "\n", "\u0001", "漢", "😀", "/", "<"];
    private string _machine = string.Empty;

    public string Name => "big-payloads";

    public async Task PrepareAsync(WorkloadContext context) => _machine = await context.CreateMachineAsync(Name, Definition);

    public Task StartOneAsync(WorkloadContext context, Random random)
    {
        int letters = random.Next(10) == 0 ? random.Next(100_000, 300_000) : random.Next(1000, 20_000);
        string text = string.Concat(Enumerable.Range(0, letters).Select(_ => random.Next(4) == 0 ? Letters[random.Next(Letters.Length)] : "x"));
        var input = new JsonObject { ["text"] = text, ["items"] = new JsonArray("é😀\n", 1.5, null, true) };
        var output = (JsonObject)input.DeepClone();
        output["kept"] = true;
        return context.StartAsync(Name, _machine, input, Expect.Output(output));
    }
}
