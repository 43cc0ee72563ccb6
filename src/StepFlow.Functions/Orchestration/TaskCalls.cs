using System.Diagnostics;
using Microsoft.DurableTask;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Functions.Activities;
using StepFlow.Language;

namespace StepFlow.Functions.Orchestration;

/// <summary>
/// The tasks of an orchestrated execution. A task is an activity; one that ends later (by its token, its worker, or the
/// execution it started) has an external event of its own beside it.
/// </summary>
internal sealed class TaskCalls(
    TaskOrchestrationContext context, OrchestrationPayloads payloads, FlightBoard flights, TaskRequests requests, AcceptedTasks accepted)
{
    private static readonly TaskEvent StopChild = new() { Kind = TaskEventKind.Stop };

    private readonly Dictionary<string, RunTask> _tasks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _leaving = new(StringComparer.Ordinal);

    private DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    /// <summary>Whether executions are being started that nobody waits for any more: they are stopped as soon as they are known.</summary>
    public bool IsLeaving => _leaving.Count > 0;

    /// <summary>Whether a task's request was accepted before, so that it is not sent again.</summary>
    public bool IsAccepted(string taskId) => accepted.TryGet(taskId, out _);

    /// <summary>Waits for a request to stop the execution.</summary>
    public void WaitForStop() => Wait(EventNames.Stop);

    /// <summary>Waits for a task that was accepted before.</summary>
    public void Resume(RunTask run)
    {
        Expect(run);
        if (accepted.TryGet(run.Id, out string? child) && child is not null)
        {
            Wait(ChildEvent(child));
        }
    }

    /// <summary>Runs a task.</summary>
    public async Task RunAsync(RunTask run, HistoryChunk? history)
    {
        TaskRequest request = await requests.CreateAsync(run);
        Expect(run);
        Call(run, request with { History = history });
    }

    /// <summary>Gives up a task or a timer.</summary>
    public void Cancel(string id)
    {
        bool isRunning = flights.Has(id);
        flights.Drop(EventNames.Task(id));
        if (!_tasks.Remove(id, out RunTask? run))
        {
            flights.Drop(id);
            return;
        }

        accepted.Remove(id, out string? child);
        if (child is not null)
        {
            flights.Drop(ChildEvent(child));
            context.SendEvent(InstanceIds.Of(child), EventNames.Stop, StopChild);
        }
        else if (isRunning && run.Resource.Pattern is TaskPattern.Sync or TaskPattern.Sync2)
        {
            // It starts an execution right now, which is to be stopped: what it is called comes with the answer.
            _leaving.Add(id);
            return;
        }

        flights.Drop(id);
        if (run.Resource.Kind == TaskResourceKind.Activity)
        {
            flights.Abandon(context.CallActivityAsync(ActivityNames.RemoveActivityTask, requests.Name(run), ActivityOptions.Retried));
        }
        else if (isRunning)
        {
            flights.Abandon(context.CallActivityAsync(ActivityNames.CancelTask, requests.Name(run)));
        }
    }

    /// <summary>What something that completed means; null where it means nothing any more.</summary>
    public async Task<Signal?> SignalAsync(InFlight done)
    {
        switch (done.Task)
        {
            case Task<TaskAnswer> answer when _leaving.Remove(done.Id):
                await LeaveAsync(answer);
                return null;
            case Task<TaskAnswer> answer:
                return await AnsweredAsync(done.Id, await answer);
            case Task<TaskEvent> happened when done.Id == EventNames.Stop:
                TaskEvent stop = await happened;
                return new Stop(Now, stop.Error, await payloads.ReadTextAsync(stop.Cause));
            case Task<TaskEvent> when accepted.WaitingFor(child => ChildEvent(child) == done.Id) is { } taskId:
                // The execution it started has ended: its answer is fetched.
                accepted.TryGet(taskId, out string? ended);
                Call(_tasks[taskId], requests.Name(_tasks[taskId]) with { JoinedExecutionArn = ended });
                return null;
            case Task<TaskEvent> happened:
                return await HappenedAsync(EventNames.TaskOf(done.Id), await happened);
            default:
                await done.Task;
                return new TimerFired(Now, done.Id);
        }
    }

    private static string ChildEvent(string executionArn) => EventNames.Child(InstanceIds.Of(executionArn));

    private void Expect(RunTask run)
    {
        _tasks[run.Id] = run;
        if (run.TaskToken is not null || run.Resource.Kind == TaskResourceKind.Activity)
        {
            Wait(EventNames.Task(run.Id));
        }
    }

    private void Call(RunTask run, TaskRequest request)
    {
        string activity = run.Resource.Kind == TaskResourceKind.Activity ? ActivityNames.EnqueueActivityTask : ActivityNames.RunTask;
        flights.Add(run.Id, InFlightKind.Activity, left => context.CallActivityAsync<TaskAnswer>(activity, request, ActivityOptions.RetriedUntil(left)));
    }

    private void Wait(string eventName) =>
        flights.Add(eventName, InFlightKind.Event, context.WaitForExternalEvent<TaskEvent>(eventName));

    private async Task LeaveAsync(Task<TaskAnswer> answer)
    {
        try
        {
            if ((await answer).ChildExecutionArn is { } child)
            {
                context.SendEvent(InstanceIds.Of(child), EventNames.Stop, StopChild);
            }
        }
        catch (TaskFailedException)
        {
            // It could not be started.
        }
    }

    private async Task<Signal?> AnsweredAsync(string taskId, TaskAnswer answer)
    {
        switch (answer.Kind)
        {
            case TaskAnswerKind.Queued:
                accepted.Add(taskId, null);
                return null;
            case TaskAnswerKind.Accepted:
                accepted.Add(taskId, answer.ChildExecutionArn);
                if (answer.ChildExecutionArn is { } child)
                {
                    Wait(ChildEvent(child));
                }

                return new TaskSubmitted(Now, taskId, await payloads.ReadAsync(answer.Output!));
            case TaskAnswerKind.Completed:
                Forget(taskId);
                return new TaskSucceeded(Now, taskId, await payloads.ReadAsync(answer.Output!));
            case TaskAnswerKind.Rejected:
                Forget(taskId);
                return new TaskFailed(Now, taskId, answer.Error, await payloads.ReadTextAsync(answer.Cause), answer.Stage);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<Signal> HappenedAsync(string taskId, TaskEvent happened)
    {
        switch (happened.Kind)
        {
            case TaskEventKind.Started:
                Wait(EventNames.Task(taskId));
                return new TaskStarted(Now, taskId, happened.WorkerName);
            case TaskEventKind.Heartbeat:
                Wait(EventNames.Task(taskId));
                return new TaskHeartbeat(Now, taskId);
            case TaskEventKind.Succeeded:
                Forget(taskId);
                return new TaskSucceeded(Now, taskId, await payloads.ReadAsync(happened.Output!));
            default:
                Forget(taskId);
                return new TaskFailed(Now, taskId, happened.Error, await payloads.ReadTextAsync(happened.Cause));
        }
    }

    private void Forget(string taskId)
    {
        _tasks.Remove(taskId);
        accepted.Remove(taskId);
        flights.Drop(taskId);
        flights.Drop(EventNames.Task(taskId));
    }
}
