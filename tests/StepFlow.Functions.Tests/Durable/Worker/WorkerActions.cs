using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace StepFlow.Functions.Tests.Durable.Worker;

/// <summary>The worker's response to an episode.</summary>
internal static class WorkerActions
{
    public static EpisodeOutcome Read(P.OrchestratorResponse response)
    {
        var outcome = new EpisodeOutcome
        {
            Requested = [.. response.Actions.Where(action => action.CompleteOrchestration is null).OrderBy(action => action.Id).Select(Read)],
            CustomStatus = response.CustomStatus,
            LargestAction = response.Actions.Select(action => action.CalculateSize()).DefaultIfEmpty().Max(),
        };
        return response.Actions.Select(action => action.CompleteOrchestration).SingleOrDefault(end => end is not null) is not { } end ? outcome : outcome with
        {
            End = end.OrchestrationStatus switch
            {
                P.OrchestrationStatus.Completed => OrchestrationRuntimeStatus.Completed,
                P.OrchestrationStatus.Failed => OrchestrationRuntimeStatus.Failed,
                _ => null,
            },
            ContinuesAsNew = end.OrchestrationStatus == P.OrchestrationStatus.ContinuedAsNew,
            Result = end.Result,
            Failure = end.FailureDetails is { } failure ? WorkerFailures.Read(failure) : null,
            CarriedOver = [.. end.CarryoverEvents.Select(carried => new DurableEvent(-1, carried.EventRaised.Name, carried.EventRaised.Input, null))],
        };
    }

    private static DurableAction Read(P.OrchestratorAction action) => action.OrchestratorActionTypeCase switch
    {
        // The engine writes an activity's inputs as an array of one.
        P.OrchestratorAction.OrchestratorActionTypeOneofCase.ScheduleTask =>
            new(action.Id, DurableActionKind.Activity, action.ScheduleTask.Name, action.ScheduleTask.Input[1..^1]),
        P.OrchestratorAction.OrchestratorActionTypeOneofCase.CreateTimer =>
            new(action.Id, DurableActionKind.Timer, string.Empty, null) { FireAt = action.CreateTimer.FireAt.ToDateTimeOffset() },
        P.OrchestratorAction.OrchestratorActionTypeOneofCase.CreateSubOrchestration =>
            new(action.Id, DurableActionKind.SubOrchestration, action.CreateSubOrchestration.Name, action.CreateSubOrchestration.Input)
            {
                InstanceId = action.CreateSubOrchestration.InstanceId,
            },
        P.OrchestratorAction.OrchestratorActionTypeOneofCase.SendEvent =>
            new(action.Id, DurableActionKind.SendEvent, action.SendEvent.Name, action.SendEvent.Data)
            {
                InstanceId = action.SendEvent.Instance.InstanceId,
            },
        _ => throw new InvalidOperationException($"{action.OrchestratorActionTypeCase} is no action that the double knows."),
    };
}
