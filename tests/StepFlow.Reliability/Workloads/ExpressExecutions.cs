using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;

namespace StepFlow.Reliability.Workloads;

/// <summary>
/// Express executions. Synchronous ones run at most once, and the response is right. Asynchronous ones
/// reach their last state, each task once, unless the server ended after it had acknowledged the start: then they are lost.
/// </summary>
internal sealed class ExpressExecutions : IWorkload
{
    private const string Definition = """
        {"StartAt":"Work","States":{
          "Work":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload.$":"$"},
            "OutputPath":"$.Payload","Next":"Wait","TimeoutSeconds":60},
          "Wait":{"Type":"Wait","Seconds":1,"Next":"Last"},
          "Last":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload":{"value.$":"$"}},
            "OutputPath":"$.Payload","End":true,"TimeoutSeconds":60}}}
        """;

    private static readonly string[] States = ["Work", "Last"];

    /// <summary>How long one may take to its end when the load is over.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<Problem> _problems = [];
    private readonly ConcurrentQueue<(string Arn, int ServerStarts)> _started = [];
    private string _machine = string.Empty;

    public string Name => "express";

    public async Task PrepareAsync(WorkloadContext context) => _machine = await context.CreateMachineAsync(Name, Definition, "EXPRESS");

    public async Task StartOneAsync(WorkloadContext context, Random random)
    {
        var input = new JsonObject { ["value"] = $"value {random.Next()}" };
        var request = new JsonObject { ["stateMachineArn"] = _machine, ["input"] = input.ToJsonString() };
        if (random.Next(3) == 0)
        {
            // Counted before: if the server ends right after its response, the execution is lost too.
            int starts = context.ServerStarts();
            if (await context.Client.TryCallAsync("StartExecution", request, context.Cancellation) is { } started)
            {
                _started.Enqueue(((string)started["executionArn"]!, starts));
            }

            return;
        }

        JsonObject? returned = await context.Client.TryCallAsync("StartSyncExecution", request, context.Cancellation);
        if (returned is not null && ((string?)returned["status"] != "SUCCEEDED" || !JsonNode.DeepEquals(JsonNode.Parse((string)returned["output"]!), input["value"])))
        {
            _problems.Enqueue(new(Name, (string)returned["executionArn"]!, $"It returned {returned["status"]} {returned["error"]} {returned["cause"]} {returned["output"]}."));
        }
    }

    public async Task<IReadOnlyList<Problem>> CheckAsync(WorkloadContext context, RecordReader reader)
    {
        int starts = context.ServerStarts();
        var time = System.Diagnostics.Stopwatch.StartNew();
        foreach ((string arn, int startedIn) in _started)
        {
            while (startedIn == starts && context.Tasks.Calls.CallsOf(arn).Count < States.Length && time.Elapsed < Limit)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), context.Cancellation);
            }

            IReadOnlyList<(string State, int Times)> calls = context.Tasks.Calls.CallsOf(arn);
            bool isWhole = calls.Select(static call => call.State).SequenceEqual(States);
            if (calls.Any(static call => call.Times > 1) || (startedIn == starts && !isWhole))
            {
                string listed = string.Join(", ", calls.Select(static call => $"{call.State} {call.Times} times"));
                _problems.Enqueue(new(Name, arn, $"It was started without waiting for its end. Calls of its tasks: {(listed.Length == 0 ? "none" : listed)}."));
            }
        }

        return [.. _problems];
    }
}
