using System.Globalization;
using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Servers;

namespace StepFlow.Reliability.Workloads;

/// <summary>Counters that many executions add to at a time: each addition counts once, with all faults.</summary>
internal sealed class Tables : IWorkload
{
    private const int Counters = 3;

    private const string AddDefinition = """
        {"StartAt":"Add","States":{"Add":{"Type":"Task","Resource":"arn:aws:states:::dynamodb:updateItem","ResultPath":null,"End":true,
          "Parameters":{"TableName":"counters","Key":{"id":{"S.$":"$.counter"}},"UpdateExpression":"ADD n :one",
            "ExpressionAttributeValues":{":one":{"N":"1"}}}}}}
        """;

    private const string ReadDefinition = """
        {"StartAt":"Read","States":{"Read":{"Type":"Task","Resource":"arn:aws:states:::dynamodb:getItem","End":true,
          "Parameters":{"TableName":"counters","Key":{"id":{"S.$":"$.counter"}}}}}}
        """;

    private readonly int[] _added = new int[Counters];
    private string _add = string.Empty;
    private string _read = string.Empty;

    public string Name => "tables";

    public async Task PrepareAsync(WorkloadContext context)
    {
        _add = await context.CreateMachineAsync("tables-add", AddDefinition.Replace("counters", ServerConfiguration.Table, StringComparison.Ordinal));
        _read = await context.CreateMachineAsync("tables-read", ReadDefinition.Replace("counters", ServerConfiguration.Table, StringComparison.Ordinal), "EXPRESS");
    }

    /// <summary>A burst, so that they meet.</summary>
    public Task StartOneAsync(WorkloadContext context, Random random)
    {
        int counter = random.Next(Counters);
        return Task.WhenAll(Enumerable.Range(0, random.Next(1, 9)).Select(async _ =>
        {
            var input = new JsonObject { ["counter"] = $"c{counter}" };
            await context.StartAsync(Name, _add, input, Expect.Output(input));
            Interlocked.Increment(ref _added[counter]);
        }));
    }

    /// <summary>Each counter is the number of executions that added to it: all of them succeed.</summary>
    public async Task<IReadOnlyList<Problem>> CheckAsync(WorkloadContext context, RecordReader reader)
    {
        var problems = new List<Problem>();
        for (int i = 0; i < Counters; i++)
        {
            JsonObject response = await context.CallAsync(
                "StartSyncExecution", new() { ["stateMachineArn"] = _read, ["input"] = new JsonObject { ["counter"] = $"c{i}" }.ToJsonString() });
            string stands = (string?)JsonNode.Parse((string?)response["output"] ?? "null")?["Item"]?["n"]?["N"] ?? "0";
            if (stands != _added[i].ToString(CultureInfo.InvariantCulture))
            {
                problems.Add(new(Name, $"c{i}", $"The counter stands at {stands}, and {_added[i]} executions added 1 to it."));
            }
        }

        return problems;
    }
}
