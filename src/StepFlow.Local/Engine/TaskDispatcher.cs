using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Runtime.Problems;
using StepFlow.Runtime.Scheduling;
using StepFlow.Runtime.Tasks;

namespace StepFlow.Local.Engine;

/// <summary>Runs tasks up to a limit at a time. Others wait in a queue.</summary>
internal sealed class TaskDispatcher(ITaskRunner runner, IActivityQueue activities, ProblemRegistry problems, int limit, TimeProvider clock, ILogger logger)
{
    private readonly object _gate = new();
    private readonly Queue<RunningTask> _line = new();
    private readonly HashSet<RunningTask> _running = [];
    private TaskCompletionSource? _drained;

    // The number of running tasks that wait for a limit of the settings. They do not count towards the limit meanwhile.
    private int _idle;
    private bool _stopping;

    // Made once, because each call gets it.
    private Action<bool>? _wait;

    /// <summary>Runs a task, at once or when the limit permits it. Its outcome is posted to its cell.</summary>
    public void Run(RunningTask task)
    {
        lock (_gate)
        {
            if (_stopping)
            {
                // The command is durable, so the task runs after the next start.
                return;
            }

            if (!HasFreeSlot)
            {
                _line.Enqueue(task);
                return;
            }

            _running.Add(task);
        }

        Begin(task);
    }

    /// <summary>Cancels a task. Its outcome is ignored.</summary>
    public void Cancel(RunningTask task)
    {
        task.Cancel();
        problems.Clear(task.Cell.Arn, task.Command.Id);
        if (task.Command.Resource.Kind == TaskResourceKind.Activity)
        {
            RemoveAsync(task).LogFailure(logger, $"take task {task.Command.Id} of {task.Cell.Arn} out of its activity's queue");
        }
    }

    /// <summary>Ends the pause before a task's next attempt and calls the task.</summary>
    /// <returns>Whether the task was in such a pause.</returns>
    public bool RepeatNow(RunningTask task)
    {
        lock (_gate)
        {
            if (task.Pause is not { } pause)
            {
                return false;
            }

            task.Pause = null;
            pause.Dispose();
        }

        Run(task);
        return true;
    }

    /// <summary>Starts no more tasks, cancels the running ones, and waits for them. Returns how many still run after the grace time.</summary>
    /// <param name="grace">How long it waits.</param>
    /// <param name="realTime">The clock of that: not the host's, because this waits for running code.</param>
    public async Task<int> StopAsync(TimeSpan grace, TimeProvider realTime)
    {
        Task drained;
        lock (_gate)
        {
            _stopping = true;
            _line.Clear();
            _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_running.Count == 0)
            {
                _drained.SetResult();
            }

            foreach (RunningTask task in _running)
            {
                task.Cancel();
            }

            drained = _drained.Task;
        }

        await Task.WhenAny(drained, Task.Delay(grace, realTime));
        lock (_gate)
        {
            return _running.Count;
        }
    }

    private bool HasFreeSlot => _running.Count - _idle < limit;

    private void Begin(RunningTask task) =>
        ThreadPool.UnsafeQueueUserWorkItem(static state => state.Dispatcher.Call(state.Task), (Dispatcher: this, Task: task), preferLocal: true);

    private void Call(RunningTask task)
    {
        // A cancelled task that waits for a job is called nevertheless. A call before a restart may have started the job, which must be stopped.
        if (task.IsCancelled && (_stopping || task.Command.Resource.Pattern is not (TaskPattern.Sync or TaskPattern.Sync2)))
        {
            Release(task);
            return;
        }

        Task<TaskOutcome> outcome;
        try
        {
            outcome = runner.RunAsync(ToCall(task), task.Cancellation);
        }
        catch (Exception e)
        {
            outcome = Task.FromException<TaskOutcome>(e);
        }

        if (outcome.IsCompleted)
        {
            End(task, outcome);
        }
        else
        {
            outcome.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => End(task, outcome));
        }
    }

    private async Task RemoveAsync(RunningTask task) => await activities.RemoveAsync(task.Command.Resource.Text, task.Token, CancellationToken.None);

    private TaskCall ToCall(RunningTask task) => CommandCalls.Of(
        task.Request, task.Command, clock.GetUtcNow(), new(task.SubmitAsync, task.ReportProgress, _wait ??= Wait));

    private void End(RunningTask task, Task<TaskOutcome> outcome)
    {
        Release(task);
        if (outcome.IsCompletedSuccessfully)
        {
            if (task.FailedAttempts > 0)
            {
                task.FailedAttempts = 0;
                task.FailingSince = null;
                problems.Clear(task.Cell.Arn, task.Command.Id);
            }

            task.Cell.Post(new OutcomeItem(task, outcome.Result));
        }
        else if (!task.IsCancelled)
        {
            Repeat(task, outcome.Exception?.InnerException ?? new OperationCanceledException());
        }
    }

    private void Wait(bool waits)
    {
        RunningTask? next;
        lock (_gate)
        {
            _idle += waits ? 1 : -1;
            next = Next();
        }

        if (next is not null)
        {
            Begin(next);
        }
    }

    private RunningTask? Next()
    {
        if (!HasFreeSlot || !_line.TryDequeue(out RunningTask? next))
        {
            return null;
        }

        _running.Add(next);
        return next;
    }

    private void Release(RunningTask task)
    {
        RunningTask? next;
        lock (_gate)
        {
            _running.Remove(task);
            next = Next();
            if (_running.Count == 0)
            {
                _drained?.TrySetResult();
            }
        }

        if (next is not null)
        {
            Begin(next);
        }
    }

    /// <summary>An exception is a defect or an outage, and never a failure of the workflow. The task is called again, with growing pauses.</summary>
    private void Repeat(RunningTask task, Exception reason)
    {
        TimeSpan pause = RepeatPause.After(++task.FailedAttempts);
        DateTimeOffset now = clock.GetUtcNow();
        task.FailingSince ??= now;
        string text = Outages.ReasonOf(reason);
        LocalLogs.TaskRepeated(logger, Outages.IsOutage(reason) ? null : reason, task.Command.Id, task.Cell.Arn, task.FailedAttempts, text, pause.TotalSeconds);
        problems.Set(new()
        {
            ExecutionArn = task.Cell.Arn,
            Kind = ExecutionProblemKind.TaskRepeated,
            CommandId = task.Command.Id,
            StateName = task.Command.StateName,
            Reason = text,
            FailedAttempts = task.FailedAttempts,
            Since = task.FailingSince,
            NextAttempt = now + pause,
        });
        lock (_gate)
        {
            task.Pause = clock.CreateTimer(_ => RepeatNow(task), null, pause, Timeout.InfiniteTimeSpan);
        }

        if (task.IsCancelled)
        {
            // The task was cancelled before this problem was reported.
            problems.Clear(task.Cell.Arn, task.Command.Id);
        }
    }
}
