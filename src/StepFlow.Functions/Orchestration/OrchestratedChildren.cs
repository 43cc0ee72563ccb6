using System.Text;
using Microsoft.DurableTask;
using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Functions.Activities;
using StepFlow.Language;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Service.MapRuns;

namespace StepFlow.Functions.Orchestration;

/// <summary>The children of an orchestrated Map Run: a sub-orchestration each.</summary>
internal sealed class OrchestratedChildren(
    TaskOrchestrationContext context, OrchestrationPayloads payloads, ExecutionInput parent, string parentArn, StartMapRun command, Action ended) : IMapRunChildren
{
    private Task<Payload>? _definition;

    /// <inheritdoc/>
    public async Task<MapRunChildResult> RunAsync(MapRunChild child, CancellationToken cancellationToken)
    {
        Payload definition = await (_definition ??= payloads.WriteUtf8Async(Encoding.UTF8.GetBytes(Definition())));
        string arn = child.Start.ExecutionArn;
        ChildState? before = !child.IsRedriven
            ? null
            : await context.CallActivityAsync<ChildState>(
                ActivityNames.RedriveChild, new ChildRedrive(arn, $"{context.InstanceId}/{command.Id}"), ActivityOptions.Retried);
        MapRunChildResult result = before switch
        {
            { Succeeded: { } end } => new(end.Status, await payloads.ReadAsync(end.Output!), null, end.StopTime),
            { InstanceId: { } again } => await RunAsync(arn, again, Input(definition, before.Snapshot!, []) with { Redrive = true }, cancellationToken),
            _ => await StartAsync(child, definition, cancellationToken),
        };
        ended();
        return result;
    }

    private async Task<MapRunChildResult> StartAsync(MapRunChild child, Payload definition, CancellationToken cancellationToken)
    {
        (WorkflowExecution execution, Turn turn) = WorkflowExecution.Start(child.Machine, child.Start);
        ExecutionInput input = Input(definition, await ExecutionStarts.CaptureAsync(execution, payloads), HistoryBuffer.Chunks(turn.Events));
        string arn = child.Start.ExecutionArn;
        return await RunAsync(arn, InstanceIds.Of(arn), input with { MapExecutionArn = parentArn }, cancellationToken);
    }

    private ExecutionInput Input(Payload definition, Payload snapshot, IReadOnlyList<HistoryChunk> unsaved) => new()
    {
        Definition = definition,
        Snapshot = snapshot,
        UnsavedHistory = unsaved,
        MockTestCase = parent.MockTestCase,
    };

    private async Task<MapRunChildResult> RunAsync(string arn, string instanceId, ExecutionInput input, CancellationToken cancellationToken)
    {
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
            ExecutionEnd end = await context.CallActivityAsync<ExecutionEnd>(ActivityNames.ReadEnd, arn, ActivityOptions.Retried);
            StatesError? error = end.Error is null && end.Cause is null
                ? null
                : new(end.Error ?? string.Empty, await payloads.ReadTextAsync(end.Cause)) { RaisedByInterpreter = false };
            return new(end.Status, null, error, end.StopTime);
        }
    }

    /// <summary>The item processor as a definition that stands alone: a child is pinned to it like any other execution.</summary>
    private string Definition()
    {
        JsonObject processor = command.State.ProcessorSource.Without("ProcessorConfig");
        return (command.State.Processor.Start.QueryLanguage == QueryLanguage.Jsonata
            ? processor.With("QueryLanguage", "JSONata")
            : processor).ToString();
    }
}
