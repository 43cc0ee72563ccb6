using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Client;

namespace StepFlow.Reliability.Workloads;

/// <summary>
/// Tasks that workers poll for. One worker in eight ends with its task. A worker that continues has two seconds between heartbeats;
/// a task that no worker received waits forever, so one that the server loses shows as an execution that never ends.
/// </summary>
internal sealed class Activities : IWorkload
{
    private const int Workers = 6;

    private readonly ConcurrentDictionary<string, string> _acknowledged = [];
    private readonly ConcurrentQueue<Problem> _problems = [];
    private string _machine = string.Empty;

    public string Name => "activities";

    public async Task PrepareAsync(WorkloadContext context)
    {
        string activity = (string)(await context.CallAsync("CreateActivity", new() { ["name"] = Name }))["activityArn"]!;
        _machine = await context.CreateMachineAsync(Name, $$$$$"""
            {"StartAt":"Do","States":{"Do":{"Type":"Task","Resource":"{{{{{activity}}}}}","HeartbeatSeconds":2,"End":true,
              "Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":1,"BackoffRate":1,"MaxAttempts":60}]}}}
            """);
        for (int i = 0; i < Workers; i++)
        {
            var random = new Random(i);
            context.Beside(over => WorkAsync(context.Client, activity, random, over));
        }
    }

    public Task StartOneAsync(WorkloadContext context, Random random)
    {
        var input = new JsonObject { ["value"] = random.Next() };
        return context.StartAsync(Name, _machine, input, Expect.Output(input));
    }

    public Task<IReadOnlyList<Problem>> CheckAsync(WorkloadContext context, RecordReader reader) => Task.FromResult<IReadOnlyList<Problem>>([.. _problems]);

    private async Task WorkAsync(StatesClient client, string activity, Random random, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            JsonObject task = await client.CallAsync("GetActivityTask", new() { ["activityArn"] = activity, ["workerName"] = "worker" }, over);
            if ((string?)task["taskToken"] is not { Length: > 0 } token)
            {
                continue;
            }

            if (_acknowledged.ContainsKey(token))
            {
                _problems.Enqueue(new(Name, (string)task["input"]!, "A worker received the task again, although the server had acknowledged its result."));
            }

            if (random.Next(8) == 0)
            {
                continue;
            }

            await Task.Delay(random.Next(20), over);
            try
            {
                await client.CallAsync("SendTaskSuccess", new() { ["taskToken"] = token, ["output"] = (string)task["input"]! }, over);
                _acknowledged[token] = string.Empty;
            }
            catch (ServiceException e) when (e.Code is "TaskTimedOut" or "TaskDoesNotExist")
            {
                // Its heartbeat was missed, or an earlier request arrived and its response was lost.
            }
        }
    }
}
