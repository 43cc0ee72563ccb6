using Microsoft.DurableTask;
using StepFlow.Execution;
using StepFlow.Functions.Activities;
using StepFlow.Language.Evaluation;
using StepFlow.Service.MapRuns;

namespace StepFlow.Functions.Orchestration;

/// <summary>The children of an orchestrated Map Run: a sub-orchestration each.</summary>
internal sealed class OrchestratedChildren(
    TaskOrchestrationContext context, OrchestrationPayloads payloads, ExecutionInput parent, string mapState) : IMapRunChildren
{
    /// <inheritdoc/>
    public async Task<MapRunChildResult> RunAsync(MapRunChild child, CancellationToken cancellationToken)
    {
        (WorkflowExecution execution, Turn turn) = WorkflowExecution.Start(child.Machine, child.Start);
        var input = parent with
        {
            MapState = mapState,
            Snapshot = await ExecutionStarts.CaptureAsync(execution, payloads),
            UnsavedHistory = HistoryBuffer.Chunks(turn.Events),
            Redrive = false,
            NotifyInstance = null,
        };
        string instanceId = InstanceIds.Of(child.Start.ExecutionArn);
        using CancellationTokenRegistration stopped = cancellationToken.Register(
            () => context.SendEvent(instanceId, EventNames.Stop, new TaskEvent { Kind = TaskEventKind.Stop }));
        try
        {
            Payload output = await context.CallSubOrchestratorAsync<Payload>(
                ActivityNames.Orchestrator, input, new SubOrchestrationOptions(instanceId: instanceId));
            return new(ExecutionStatus.Succeeded, await payloads.ReadAsync(output), null, new OrchestrationClock(context).GetUtcNow());
        }
        catch (TaskFailedException)
        {
            // The failure that travels has lost its parts; the child's record has them.
            ExecutionEnd end = await context.CallActivityAsync<ExecutionEnd>(ActivityNames.ReadEnd, child.Start.ExecutionArn, ActivityOptions.Retried);
            StatesError? error = end.Error is null && end.Cause is null ? null : new(end.Error ?? string.Empty, end.Cause);
            return new(end.Status, null, error, end.StopTime);
        }
    }
}
