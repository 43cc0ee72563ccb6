using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Runtime.Tasks;

namespace StepFlow.Functions.Orchestration;

/// <summary>
/// The tasks of an orchestrated execution. A task is an activity. A task that ends later (by its token, its worker, or the
/// execution it started) also has its own external event. A task that waits for a job has a durable timer, after
/// which the state of the job is read.
/// </summary>
internal sealed class TaskCalls(
    TaskOrchestrationContext context, OrchestrationPayloads payloads, PendingOperations pending, TaskRequests requests, AcceptedTasks accepted, HistoryBuffer history)
{
    private readonly ILogger _logger = context.CreateReplaySafeLogger<TaskCalls>();
    private readonly Dictionary<string, RunTask> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TaskRequest> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunTask> _leaving = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RepeatedTask> _repeated = new(StringComparer.Ordinal);
    private TaskCompletionSource _retryNow = new();

    /// <summary>Whether executions or jobs are being started that are no longer needed. They are stopped as soon as their names are known.</summary>
    public bool IsStarting => _leaving.Values.Any(IsJob);

    /// <summary>Whether calls run that are no longer needed and may start a job or an execution. A job may run any function.</summary>
    public bool IsLeaving => _leaving.Count > 0;

    /// <summary>Whether a task's request was accepted before, so that it is not sent again.</summary>
    public bool IsAccepted(string taskId) => accepted.Find(taskId) is not null;

    /// <summary>The tasks whose calls failed and are repeated.</summary>
    public IReadOnlyCollection<RepeatedTask> Repeated => _repeated.Values;

    /// <summary>Called when another task is repeated.</summary>
    public Action? RepeatedChanged { get; init; }

    /// <summary>Waits for requests to the whole execution: to stop it, and to try repeated tasks now.</summary>
    public void WaitForRequests()
    {
        Wait(EventNames.Stop);
        Wait(EventNames.Retry);
    }

    /// <summary>Waits for a task that was accepted before.</summary>
    public async Task ResumeAsync(RunTask run)
    {
        Expect(run);
        switch (accepted.Find(run.Id))
        {
            case { ChildExecutionArn: { } child }:
                Wait(ChildEvent(child));
                break;
            case { JobReference: not null, PollTime: var time }:
                _jobs[run.Id] = await requests.CreateAsync(run);
                PollLater(run.Id, time);
                break;
        }
    }

    /// <summary>Runs a task.</summary>
    /// <param name="attached">The history in the message of the task.</param>
    /// <param name="isAlone">Whether nothing else runs.</param>
    public async Task RunAsync(RunTask run, IReadOnlyList<HistoryChunk> attached, bool isAlone)
    {
        TaskRequest request = await requests.CreateAsync(run);
        Expect(run);
        if (IsJob(run))
        {
            _jobs[run.Id] = request;
        }

        TimeSpan? longest = history.Attach(run.Id, attached, requests.Now, isAlone && !IsWorkers(run, request));
        Call(run, request with { History = attached is [.., var last] ? last : null, EarlierHistory = [.. attached.SkipLast(1)], LongestHistoryWait = longest });
    }

    /// <summary>Cancels a task or a timer.</summary>
    public void Cancel(string id)
    {
        bool isRunning = pending.Has(id);
        _repeated.Remove(id);
        history.TaskEnded(id, isStored: false);
        pending.Drop(EventNames.Task(id));
        if (!_tasks.Remove(id, out RunTask? run))
        {
            pending.Drop(id);
            return;
        }

        AcceptedTask? was = accepted.Remove(id);
        pending.Drop(EventNames.Poll(id));
        if (was?.JobReference is { } job)
        {
            pending.Drop(id);
            StopJob(id, job);
            return;
        }

        if (was?.ChildExecutionArn is { } child)
        {
            pending.Drop(ChildEvent(child));
            context.SendEvent(InstanceIds.Of(child), EventNames.Stop, new TaskEvent { Kind = TaskEventKind.Stop, Time = requests.Now });
        }
        else if (isRunning && IsJob(run))
        {
            // It is starting an execution or a job, which must be stopped. The result of the activity has its name.
            _leaving.Add(id, run);
            return;
        }
        else if (isRunning && run.Resource.Kind != TaskResourceKind.Activity)
        {
            // The call may have started the job of a function. Only its result shows that.
            _leaving.Add(id, run);
            pending.Leave(id);
        }
        else
        {
            pending.Drop(id);
        }

        if (run.Resource.Kind == TaskResourceKind.Activity)
        {
            pending.Abandon(context.CallActivityAsync(ActivityNames.RemoveActivityTask, requests.Name(run), ActivityOptions.Retried));
        }
        else if (isRunning)
        {
            pending.Abandon(context.CallActivityAsync(ActivityNames.CancelTask, requests.Name(run)));
        }
    }

    /// <summary>What something that completed means; null where it means nothing any more.</summary>
    public async Task<Signal?> SignalAsync(PendingOperation done)
    {
        switch (done.Task)
        {
            case Task<TaskActivityResult> result when _leaving.Remove(done.Id, out RunTask? left):
                await LeaveAsync(left, result);
                return null;
            case Task<TaskActivityResult> result:
                return await ToSignalAsync(done.Id, await result);
            case Task<JsonElement?> happened when done.Id == EventNames.Stop:
                return await StopAsync(ExternalEvents.Read<TaskEvent>(await happened));
            case Task<JsonElement?> when done.Id == EventNames.Retry:
                RetryNow();
                return null;
            case Task<JsonElement?> when accepted.WaitingFor(child => ChildEvent(child) == done.Id) is { } taskId:
                // The execution that it started has ended, so its result is read.
                Call(_tasks[taskId], requests.Name(_tasks[taskId]) with { JoinedExecutionArn = accepted.Find(taskId)!.ChildExecutionArn });
                return null;
            case Task<JsonElement?> happened:
                return await HappenedAsync(EventNames.TaskOf(done.Id), ExternalEvents.Read<TaskEvent>(await happened));
            default:
                await done.Task;
                if (EventNames.PolledTask(done.Id) is { } polled)
                {
                    Call(_tasks[polled], _jobs[polled] with { JobReference = accepted.Find(polled)!.JobReference });
                    return null;
                }

                // The time of the signal is the due time. When the durable timer fired depends on the back end.
                return new TimerFired(requests.Now, done.Id);
        }
    }

    private static bool IsJob(RunTask run) => run.Resource.Pattern is TaskPattern.Sync or TaskPattern.Sync2;

    /// <summary>Whether the workers of an activity run it. If it may be mocked by a test case, it is handled like other tasks. Otherwise existing orchestrations would be replayed differently.</summary>
    private static bool IsWorkers(RunTask run, TaskRequest request) => run.Resource.Kind == TaskResourceKind.Activity && request.MockTestCase is null;

    private void PollLater(string taskId, DateTimeOffset time) =>
        pending.Add(EventNames.Poll(taskId), PendingOperationKind.Timer, left => context.CreateTimer(time.UtcDateTime, left));

    private void StopJob(string taskId, string reference)
    {
        if (_jobs.Remove(taskId, out TaskRequest? request))
        {
            StopJob(request, reference);
        }
    }

    private void StopJob(TaskRequest request, string? reference) =>
        pending.Abandon(context.CallActivityAsync<TaskActivityResult>(ActivityNames.RunTask, request with { JobReference = reference, StopsJob = true }, ActivityOptions.Retried));

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
        string activity = IsWorkers(run, request) ? ActivityNames.EnqueueActivityTask : ActivityNames.RunTask;
        pending.Add(run.Id, PendingOperationKind.Activity, left => context.CallActivityAsync<TaskActivityResult>(activity, request, ActivityOptions.RetriedUntil((retry, pause) => Paused(run, retry, pause), left)));
    }

    private Task Paused(RunTask run, RetryContext retry, TimeSpan pause)
    {
        DateTimeOffset now = TimeOf(null);
        _repeated[run.Id] = new()
        {
            TaskId = run.Id,
            StateName = run.StateName,
            Reason = RepeatedTask.Shorten(retry.LastFailure.ErrorMessage),
            FailedAttempts = retry.LastAttemptNumber,
            Since = _repeated.GetValueOrDefault(run.Id)?.Since ?? now,
            NextAttempt = now + pause,
        };
        RepeatedChanged?.Invoke();
        return _retryNow.Task;
    }

    private void RetryNow()
    {
        TaskCompletionSource polled = _retryNow;
        _retryNow = new();
        polled.SetResult();
        Wait(EventNames.Retry);
    }

    private void Wait(string eventName) =>
        pending.Add(eventName, PendingOperationKind.Event, context.WaitForExternalEvent<JsonElement?>(eventName));

    private async Task LeaveAsync(RunTask left, Task<TaskActivityResult> result)
    {
        _jobs.Remove(left.Id, out TaskRequest? job);
        try
        {
            TaskActivityResult started = await result;
            if (started.ChildExecutionArn is { } child)
            {
                context.SendEvent(InstanceIds.Of(child), EventNames.Stop, new TaskEvent { Kind = TaskEventKind.Stop, Time = requests.Now });
            }
            else if (started.JobReference is { } reference)
            {
                // A job that runs a function. Only the result of the first call shows that.
                StopJob(job ?? await requests.CreateAsync(left), reference);
            }
        }
        catch (TaskFailedException)
        {
            // It could not be started.
        }
    }

    private async Task<Signal?> ToSignalAsync(string taskId, TaskActivityResult result)
    {
        DateTimeOffset time = TimeOf(result.Time);
        bool isReported = result.Kind == TaskActivityResultKind.Pending && accepted.Find(taskId)?.JobReference is not null;
        _repeated.Remove(taskId);
        history.TaskEnded(taskId, result.HistoryStored);
        Note(taskId, result, time);
        if (result.Kind == TaskActivityResultKind.Pending && !_jobs.ContainsKey(taskId))
        {
            // A job that runs a function. Only the result of the first call shows that.
            _jobs[taskId] = await requests.CreateAsync(_tasks[taskId]);
        }

        // The execution gets one signal that the request was accepted, however often the job is polled. For a function there is none.
        return isReported || (result.Kind == TaskActivityResultKind.Pending && !IsJob(_tasks[taskId])) ? null : TaskSignals.Of(await OutcomeAsync(result), time, taskId);
    }

    /// <summary>Stores what a task waits for after its call. For a task that has ended, it is removed.</summary>
    private void Note(string taskId, TaskActivityResult result, DateTimeOffset time)
    {
        switch (result.Kind)
        {
            case TaskActivityResultKind.Queued or TaskActivityResultKind.Cancelled:
                // Nothing more is called for it. The execution's timer decides about the timeout.
                accepted.Add(taskId, new());
                break;
            case TaskActivityResultKind.Pending:
                accepted.Add(taskId, new() { JobReference = result.JobReference, PollTime = result.PollTime ?? time });
                PollLater(taskId, result.PollTime ?? time);
                break;
            case TaskActivityResultKind.Accepted:
                accepted.Add(taskId, new() { ChildExecutionArn = result.ChildExecutionArn });
                if (result.ChildExecutionArn is { } child)
                {
                    Wait(ChildEvent(child));
                }

                break;
            default:
                Remove(taskId);
                break;
        }
    }

    private async Task<TaskOutcome> OutcomeAsync(TaskActivityResult result) => result.Kind switch
    {
        TaskActivityResultKind.Completed => new TaskCompleted(await payloads.ReadAsync(result.Output!)),
        TaskActivityResultKind.Accepted or TaskActivityResultKind.Pending => new TaskAccepted(await payloads.ReadAsync(result.Output!)),
        TaskActivityResultKind.Rejected => new TaskRejected(result.Error!, await payloads.ReadTextAsync(result.Cause), result.Stage),
        _ => new TaskQueued(),
    };

    private async Task<Signal?> StopAsync(TaskEvent? stop)
    {
        if (stop is not { Kind: TaskEventKind.Stop } || await TextAsync(stop.Cause) is not { } cause)
        {
            return Ignore(EventNames.Stop);
        }

        return new Stop(TimeOf(stop.Time), stop.Error, cause.Value);
    }

    private async Task<Signal?> HappenedAsync(string taskId, TaskEvent? happened)
    {
        string name = EventNames.Task(taskId);
        DateTimeOffset time = TimeOf(happened?.Time);
        switch (happened?.Kind)
        {
            case TaskEventKind.Started:
                Wait(name);
                return new TaskStarted(time, taskId, happened.WorkerName);
            case TaskEventKind.Heartbeat:
                Wait(name);
                return new TaskHeartbeat(time, taskId);
            case TaskEventKind.Succeeded when happened.Output is { } payload && await ValueAsync(payload) is { } output:
                Remove(taskId);
                return new TaskSucceeded(time, taskId, output);
            case TaskEventKind.Failed when await TextAsync(happened.Cause) is { } cause:
                Remove(taskId);
                return new TaskFailed(time, taskId, happened.Error, cause.Value);
            default:
                return Ignore(name);
        }
    }

    /// <summary>The event has an unknown form, because everyone who can raise events can raise any event. The orchestration waits for it again.</summary>
    private Signal? Ignore(string eventName)
    {
        FunctionsLogs.EventIgnored(_logger, eventName, context.InstanceId);
        Wait(eventName);
        return null;
    }

    private async Task<JsonValue?> ValueAsync(Payload payload)
    {
        try
        {
            return payload.IsWellFormed ? await payloads.ReadAsync(payload) : null;
        }
        catch (Exception e) when (e is JsonFormatException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The text of an event's payload; null if the payload was not made by this app.</summary>
    private async Task<EventText?> TextAsync(Payload? payload)
    {
        try
        {
            return payload is null or { IsWellFormed: true } ? new EventText(await payloads.ReadTextAsync(payload)) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The time of an event; now if its sender did not set it.</summary>
    private DateTimeOffset TimeOf(DateTimeOffset? time) => time ?? new(context.CurrentUtcDateTime, TimeSpan.Zero);

    private void Remove(string taskId)
    {
        _tasks.Remove(taskId);
        _jobs.Remove(taskId);
        accepted.Remove(taskId);
        pending.Drop(taskId);
        pending.Drop(EventNames.Task(taskId));
    }

    private sealed record EventText(string? Value);
}
