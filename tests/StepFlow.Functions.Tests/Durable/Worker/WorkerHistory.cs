using Google.Protobuf.WellKnownTypes;
using P = Microsoft.DurableTask.Protobuf;

namespace StepFlow.Functions.Tests.Durable.Worker;

/// <summary>An instance's history as the worker is handed it.</summary>
internal static class WorkerHistory
{
    /// <summary>Everything up to the last episode is past; what happened since is new.</summary>
    public static P.OrchestratorRequest Request(DurableInstance instance)
    {
        P.OrchestratorRequest request = Empty(instance);
        var kinds = instance.Requested.ToDictionary(action => action.Id, action => action.Kind);
        foreach (DurableEpisode episode in instance.History.SkipLast(1))
        {
            request.PastEvents.AddRange(Happened(instance, episode, kinds));
            request.PastEvents.AddRange(episode.Requested.Select(action => Requested(episode.Time, action)));
            request.PastEvents.Add(new P.HistoryEvent { EventId = -1, Timestamp = At(episode.Time), OrchestratorCompleted = new() });
        }

        request.NewEvents.AddRange(Happened(instance, instance.History[^1], kinds));
        return request;
    }

    /// <summary>Everything that happened, without what was asked for.</summary>
    public static P.OrchestratorRequest RequestWithoutActions(DurableInstance instance)
    {
        P.OrchestratorRequest request = Empty(instance);
        var kinds = instance.Requested.ToDictionary(action => action.Id, action => action.Kind);
        request.NewEvents.AddRange(instance.History.SelectMany(episode => Happened(instance, episode, kinds)));
        return request;
    }

    private static P.OrchestratorRequest Empty(DurableInstance instance) => new()
    {
        InstanceId = instance.Id,
        ExecutionId = ExecutionId(instance),
    };

    private static IEnumerable<P.HistoryEvent> Happened(DurableInstance instance, DurableEpisode episode, Dictionary<int, DurableActionKind> kinds)
    {
        yield return new() { EventId = -1, Timestamp = At(episode.Time), OrchestratorStarted = new() };
        if (episode == instance.History[0])
        {
            yield return Started(instance, episode.Time);
        }

        foreach (DurableEvent happened in episode.Happened)
        {
            yield return Happened(episode.Time, happened, kinds);
        }
    }

    private static P.HistoryEvent Started(DurableInstance instance, DateTimeOffset time) => new()
    {
        EventId = -1,
        Timestamp = At(time),
        ExecutionStarted = new()
        {
            Name = instance.Name,
            Input = instance.Input,
            OrchestrationInstance = new() { InstanceId = instance.Id, ExecutionId = ExecutionId(instance) },
            ParentInstance = instance.Parent is not { } parent ? null : new()
            {
                Name = parent.Instance.Name,
                TaskScheduledId = parent.ActionId,
                OrchestrationInstance = new() { InstanceId = parent.Instance.Id, ExecutionId = ExecutionId(parent.Instance) },
            },
        },
    };

    private static P.HistoryEvent Happened(DateTimeOffset time, DurableEvent happened, Dictionary<int, DurableActionKind> kinds)
    {
        var history = new P.HistoryEvent { EventId = -1, Timestamp = At(time) };
        if (happened.EventName is { } name)
        {
            history.EventRaised = new() { Name = name, Input = happened.Result };
            return history;
        }

        int id = happened.ActionId;
        switch (kinds[id])
        {
            case DurableActionKind.Activity when happened.Failure is { } failure:
                history.TaskFailed = new() { TaskScheduledId = id, FailureDetails = WorkerFailures.Write(failure) };
                break;
            case DurableActionKind.Activity:
                history.TaskCompleted = new() { TaskScheduledId = id, Result = happened.Result };
                break;
            case DurableActionKind.SubOrchestration when happened.Failure is { } failure:
                history.SubOrchestrationInstanceFailed = new() { TaskScheduledId = id, FailureDetails = WorkerFailures.Write(failure) };
                break;
            case DurableActionKind.SubOrchestration:
                history.SubOrchestrationInstanceCompleted = new() { TaskScheduledId = id, Result = happened.Result };
                break;
            default:
                history.TimerFired = new() { TimerId = id, FireAt = At(time) };
                break;
        }

        return history;
    }

    private static P.HistoryEvent Requested(DateTimeOffset time, DurableAction action)
    {
        var history = new P.HistoryEvent { EventId = action.Id, Timestamp = At(time) };
        switch (action.Kind)
        {
            case DurableActionKind.Activity:
                history.TaskScheduled = new() { Name = action.Name, Input = $"[{action.Data}]" };
                break;
            case DurableActionKind.Timer:
                history.TimerCreated = new() { FireAt = At(action.FireAt) };
                break;
            case DurableActionKind.SubOrchestration:
                history.SubOrchestrationInstanceCreated = new() { Name = action.Name, InstanceId = action.InstanceId, Input = action.Data };
                break;
            default:
                history.EventSent = new() { Name = action.Name, InstanceId = action.InstanceId, Input = action.Data };
                break;
        }

        return history;
    }

    private static string ExecutionId(DurableInstance instance) => $"{instance.Id}:{instance.Generation}";

    private static Timestamp At(DateTimeOffset time) => Timestamp.FromDateTimeOffset(time);
}
