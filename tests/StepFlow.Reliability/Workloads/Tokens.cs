using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;

namespace StepFlow.Reliability.Workloads;

/// <summary>Tasks that end by their token.</summary>
internal sealed class Tokens : IWorkload
{
    private const string Definition = """
        {"StartAt":"Ask","States":{
          "Ask":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken","HeartbeatSeconds":2,"End":true,
            "Parameters":{"FunctionName":"token","Payload":{"token.$":"$$.Task.Token","plan.$":"$.plan","value.$":"$.value"}},
            "Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":1,"BackoffRate":1,"MaxAttempts":60}]}}}
        """;

    private static readonly string[] Ways = ["never", "late", "failure", "garbage", "heartbeats", "twice", "answer", "answer"];

    private TokenOutcomes? _responses;
    private string _machine = string.Empty;

    public string Name => "tokens";

    public async Task PrepareAsync(WorkloadContext context)
    {
        _responses = new(context);
        context.Tasks.TokenArrived = _responses.Take;
        _machine = await context.CreateMachineAsync(Name, Definition);
    }

    public Task StartOneAsync(WorkloadContext context, Random random)
    {
        var plan = new JsonArray([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => JsonValue.Create(Ways[random.Next(Ways.Length)]))]);
        var input = new JsonObject { ["plan"] = plan, ["value"] = random.Next() };
        Func<ExecutionRecord, IEnumerable<string>> succeeds = Expect.Succeeds(output =>
            JsonNode.DeepEquals(output!["value"], input["value"]) ? null : $"The output is {output.ToJsonString()} for {input["value"]}.");
        return context.StartAsync(Name, _machine, input, execution => [.. succeeds(execution), .. _responses!.Check(execution)]);
    }

    public Task<IReadOnlyList<Problem>> CheckAsync(WorkloadContext context, RecordReader reader) =>
        Task.FromResult<IReadOnlyList<Problem>>([.. _responses!.Problems]);
}
