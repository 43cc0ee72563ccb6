using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;

namespace StepFlow.Reliability.Workloads;

/// <summary>
/// Express executions that callers wait for: at most once, and the answer is right. One that is cut off by the server's end has
/// no answer, and is not repeated; so nothing is expected of it.
/// </summary>
internal sealed class ExpressExecutions : IWorkload
{
    private const string Definition = """
        {"StartAt":"Work","States":{
          "Work":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload.$":"$"},
            "OutputPath":"$.Payload","Next":"Wait","TimeoutSeconds":60},
          "Wait":{"Type":"Wait","Seconds":1,"End":true}}}
        """;

    private readonly System.Collections.Concurrent.ConcurrentQueue<Problem> _problems = [];
    private string _machine = string.Empty;

    public string Name => "express";

    public async Task PrepareAsync(WorkloadContext context) => _machine = await context.CreateMachineAsync(Name, Definition, "EXPRESS");

    public async Task StartOneAsync(WorkloadContext context, Random random)
    {
        var input = new JsonObject { ["value"] = $"value {random.Next()}" };
        var request = new JsonObject { ["stateMachineArn"] = _machine, ["input"] = input.ToJsonString() };
        if (random.Next(3) == 0)
        {
            await context.Client.TryCallAsync("StartExecution", request, context.Cancellation);
            return;
        }

        JsonObject? answer = await context.Client.TryCallAsync("StartSyncExecution", request, context.Cancellation);
        if (answer is not null && ((string?)answer["status"] != "SUCCEEDED" || !JsonNode.DeepEquals(JsonNode.Parse((string)answer["output"]!), input["value"])))
        {
            _problems.Enqueue(new(Name, (string)answer["executionArn"]!, $"It answered {answer["status"]} {answer["error"]} {answer["cause"]} {answer["output"]}."));
        }
    }

    public Task<IReadOnlyList<Problem>> CheckAsync(WorkloadContext context, RecordReader reader) => Task.FromResult<IReadOnlyList<Problem>>([.. _problems]);
}
