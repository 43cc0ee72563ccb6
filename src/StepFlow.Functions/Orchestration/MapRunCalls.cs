using Microsoft.DurableTask;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Orchestration;

/// <summary>The Map Runs of an orchestrated execution. Each is a sub-orchestration.</summary>
internal sealed class MapRunCalls(TaskOrchestrationContext context, OrchestrationPayloads payloads, PendingOperations pending, Payload definition)
{
    private readonly Dictionary<string, string> _instances = new(StringComparer.Ordinal);

    /// <summary>Starts a run.</summary>
    /// <param name="execution">The execution, which has just given the command.</param>
    /// <returns>The run's ARN.</returns>
    public async Task<string> StartAsync(WorkflowExecution execution, StartMapRun command)
    {
        var names = new MapRunNames(execution.StartedWith, command);
        string instanceId = InstanceIds.Of(names.Arn, execution.RedriveCount);
        var input = new MapRunInput
        {
            Run = new()
            {
                ExecutionArn = execution.StartedWith.ExecutionArn,
                Definition = definition,
                Snapshot = await ExecutionSnapshots.CaptureAsync(execution, payloads),
                CommandId = command.Id,
                InstanceId = instanceId,
            },
            Progress = new(names.Arn, new(), new()) { Settings = MapRunSettings.Of(command) },
        };
        _instances[command.Id] = instanceId;
        pending.Add(command.Id, PendingOperationKind.MapRun, context.CallSubOrchestratorAsync<MapRunEnd>(
            ActivityNames.MapRunOrchestrator, input, new SubOrchestrationOptions(instanceId: instanceId)));
        return names.Arn;
    }

    /// <summary>Cancels a run. Its children are stopped, and its result is no longer needed. False if there is no run with this id.</summary>
    public bool Cancel(string id)
    {
        if (!_instances.Remove(id, out string? instanceId))
        {
            return false;
        }

        pending.Drop(id);
        context.SendEvent(instanceId, EventNames.Stop, new TaskEvent { Kind = TaskEventKind.Stop });
        return true;
    }

    public async Task<Signal> SignalAsync(string id, MapRunEnd end)
    {
        _instances.Remove(id);
        DateTimeOffset now = end.Time ?? new(context.CurrentUtcDateTime, TimeSpan.Zero);
        MapRunOutcome outcome = end.Error is { } error
            ? new(null, new(error, await payloads.ReadTextAsync(end.Cause)))
            : new(await payloads.ReadAsync(end.Result!), null);
        return outcome.ToSignal(now, id);
    }
}
