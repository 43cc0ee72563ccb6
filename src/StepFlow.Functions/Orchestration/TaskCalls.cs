using System.Diagnostics;
using Microsoft.DurableTask;
using StepFlow.Execution;
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
    TaskOrchestrationContext context, OrchestrationPayloads payloads, FlightBoard flights, ExecutionStart start, ExecutionInput input)
{
    private readonly Dictionary<string, TaskRequest> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AcceptedTask> _accepted = input.Accepted.ToDictionary(task => task.TaskId, StringComparer.Ordinal);

    private DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    /// <summary>The tasks that end later, for the next generation.</summary>
    public IReadOnlyList<AcceptedTask> Accepted => [.. _accepted.Values.OrderBy(task => task.TaskId, StringComparer.Ordinal)];

    /// <summary>Waits for a request to stop the execution.</summary>
    public void WaitForStop() => Wait(EventNames.Stop);

    /// <summary>Runs a task.</summary>
    public async Task RunAsync(RunTask run, HistoryChunk? history)
    {
        var request = new TaskRequest
        {
            ExecutionArn = start.ExecutionArn,
            ExecutionName = start.Name,
            StateMachineArn = start.StateMachineArn,
            InstanceId = context.InstanceId,
            TaskId = run.Id,
            StateName = run.StateName,
            Resource = run.Resource.Text,
            Arguments = await payloads.WriteAsync(run.Arguments),
            RetryCount = run.RetryCount,
            Deadline = Deadline(run),
            TaskToken = run.TaskToken,
            MockTestCase = input.MockTestCase,
            Credentials = run.Credentials is { } credentials ? await payloads.WriteAsync(credentials) : null,
            History = history,
        };
        _requests[run.Id] = request with { History = null };
        if (run.TaskToken is not null || run.Resource.Kind == TaskResourceKind.Activity)
        {
            Wait(EventNames.Task(run.Id));
        }

        if (!_accepted.TryGetValue(run.Id, out AcceptedTask? known))
        {
            Call(run.Id, request);
        }
        else if (known.ChildInstanceId is { } child)
        {
            Wait(EventNames.Child(child));
        }
    }

    /// <summary>Gives up a task, a timer or a Map Run.</summary>
    public async Task CancelAsync(string id)
    {
        flights.Drop(id);
        flights.Drop(EventNames.Task(id));
        if (_requests.Remove(id, out TaskRequest? request))
        {
            if (_accepted.Remove(id, out AcceptedTask? task) && task.ChildInstanceId is { } child)
            {
                flights.Drop(EventNames.Child(child));
                context.SendEvent(child, EventNames.Stop, new TaskEvent { Kind = TaskEventKind.Stop });
            }

            if (TaskResource.Parse(request.Resource).Kind == TaskResourceKind.Activity)
            {
                await context.CallActivityAsync(ActivityNames.RemoveActivityTask, request, ActivityOptions.Retried);
            }
        }
    }

    /// <summary>What something that completed means; null where it means nothing any more.</summary>
    public async Task<Signal?> SignalAsync(InFlight done)
    {
        switch (done.Task)
        {
            case Task<TaskAnswer> answer:
                return await AnsweredAsync(done.Id, await answer);
            case Task<TaskEvent> happened when done.Id == EventNames.Stop:
                TaskEvent stop = await happened;
                return new Stop(Now, stop.Error, stop.Cause);
            case Task<TaskEvent> ended when ended.IsCompletedSuccessfully && ChildOf(done.Id) is { } taskId:
                // The same call again: now it finds its execution ended, and answers with the result.
                Call(taskId, _requests[taskId] with { IsJoined = true });
                return null;
            case Task<TaskEvent> happened:
                return await HappenedAsync(done.Id[EventNames.Task(string.Empty).Length..], await happened);
            default:
                await done.Task;
                return new TimerFired(Now, done.Id);
        }
    }

    private DateTimeOffset? Deadline(RunTask run)
    {
        // The default bound of 99,999,999 s is no deadline to hand on.
        return run.TimeoutSeconds is { } seconds and < 99_999_999 ? Now.AddSeconds(seconds) : null;
    }

    private void Call(string taskId, TaskRequest request)
    {
        string activity = TaskResource.Parse(request.Resource).Kind == TaskResourceKind.Activity
            ? ActivityNames.EnqueueActivityTask
            : ActivityNames.RunTask;
        flights.Add(taskId, InFlightKind.Activity, context.CallActivityAsync<TaskAnswer>(activity, request, ActivityOptions.Retried));
    }

    private void Wait(string eventName) =>
        flights.Add(eventName, InFlightKind.Event, context.WaitForExternalEvent<TaskEvent>(eventName));

    private async Task<Signal?> AnsweredAsync(string taskId, TaskAnswer answer)
    {
        switch (answer.Kind)
        {
            case TaskAnswerKind.Queued:
                _accepted[taskId] = new(taskId, null);
                return null;
            case TaskAnswerKind.Accepted:
                _accepted[taskId] = new(taskId, answer.ChildInstanceId);
                if (answer.ChildInstanceId is { } child)
                {
                    Wait(EventNames.Child(child));
                }

                return new TaskSubmitted(Now, taskId, await payloads.ReadAsync(answer.Output!));
            case TaskAnswerKind.Completed:
                Forget(taskId);
                return new TaskSucceeded(Now, taskId, await payloads.ReadAsync(answer.Output!));
            case TaskAnswerKind.Rejected:
                Forget(taskId);
                return new TaskFailed(Now, taskId, answer.Error, answer.Cause, answer.Stage);
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
                return new TaskFailed(Now, taskId, happened.Error, happened.Cause);
        }
    }

    private string? ChildOf(string eventName) =>
        _accepted.Values.FirstOrDefault(task => task.ChildInstanceId is { } child && EventNames.Child(child) == eventName)?.TaskId;

    private void Forget(string taskId)
    {
        _requests.Remove(taskId);
        _accepted.Remove(taskId);
        flights.Drop(taskId);
        flights.Drop(EventNames.Task(taskId));
    }
}
