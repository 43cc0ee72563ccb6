using System.Diagnostics;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Runtime.Tasks;

namespace StepFlow.Runtime.InMemory;

/// <summary>Performs the commands of one execution and passes their signals to it.</summary>
internal sealed class CommandPerformer(InMemoryRunner runner, InMemoryExecution execution, ExecutionWatch? watch)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DueTimer> _timers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunTask> _activities = new(StringComparer.Ordinal);

    public bool IsRunning(string id)
    {
        lock (_gate)
        {
            return _running.ContainsKey(id);
        }
    }

    public void Perform(Command command, DateTimeOffset now)
    {
        switch (command)
        {
            case RunTask task:
                Run(task, now);
                break;
            case CancelTask or CancelMapRun:
                Cancel(command.Id);
                break;
            case StartTimer timer:
                StartTimer(timer);
                break;
            case CancelTimer:
                StopTimer(command.Id);
                break;
            case StartMapRun map:
                RunMap(map);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>A command has ended.</summary>
    public void Release(string id)
    {
        CancellationTokenSource? source;
        lock (_gate)
        {
            _running.Remove(id, out source);
            _activities.Remove(id);
        }

        source?.Dispose();
    }

    /// <summary>The execution has ended or was aborted. Its running tasks are cancelled.</summary>
    public void Clear()
    {
        List<CancellationTokenSource> running;
        List<DueTimer> timers;
        List<RunTask> activities;
        lock (_gate)
        {
            running = [.. _running.Values];
            timers = [.. _timers.Values];
            activities = [.. _activities.Values];
            _running.Clear();
            _timers.Clear();
            _activities.Clear();
        }

        timers.ForEach(timer => timer.Dispose());
        activities.ForEach(Withdraw);
        foreach (CancellationTokenSource source in running)
        {
            source.Cancel();
            source.Dispose();
        }
    }

    private void RunMap(StartMapRun map)
    {
        CancellationToken cancelled = Begin(map.Id);
        runner.LaunchInside(
            () => runner.RunMapAsync(execution, map, cancelled),
            () => { },
            exception => Broken(map.Id, exception));
    }

    private void Run(RunTask task, DateTimeOffset now)
    {
        CancellationToken cancelled = Begin(task.Id);
        bool isActivity = task.Resource.Kind == TaskResourceKind.Activity;
        if (isActivity)
        {
            lock (_gate)
            {
                _activities[task.Id] = task;
            }
        }

        TaskCall call = CommandCalls.Of(execution.Request, task, now, new(
            Submitted: (output, _) => execution.SignalAsync(new TaskSubmitted(runner.Clock.GetUtcNow(), task.Id, output)),
            Progress: watch is null ? null : progress => watch.OnProgress(task.StateName, progress)));
        TaskOutcome? outcome = null;

        // The workers of activities wait on the clock. So does a task that calls Step Functions, because it waits for executions on this clock.
        bool waitsOnClock = isActivity || task.Resource.Service is "states" or "aws-sdk:sfn";
        Func<Task> work = async () => outcome = await runner.Route.RunAsync(call, cancelled);
        Action done = () => Ended(task, outcome!);
        Action<Exception> broken = exception => Broken(task.Id, exception);
        if (waitsOnClock)
        {
            runner.LaunchInside(work, done, broken);
        }
        else
        {
            runner.Launch(work, done, broken, Limit(task));
        }
    }

    private static TimeSpan? Limit(RunTask task) => (task.TimeoutSeconds, task.HeartbeatSeconds) switch
    {
        (null, null) => null,
        var (timeout, heartbeat) => TimeSpan.FromSeconds(Math.Min(timeout ?? double.MaxValue, heartbeat ?? double.MaxValue)),
    };

    private void Ended(RunTask task, TaskOutcome outcome)
    {
        if (TaskSignals.Of(outcome, runner.Clock.GetUtcNow(), task.Id) is { } signal)
        {
            Post(task.Id, signal);
        }
    }

    private void Post(string id, Signal signal)
    {
        if (IsRunning(id))
        {
            execution.Post(signal);
        }
    }

    /// <summary>An integration threw an exception, which is not a failure of the workflow. So the whole execution is aborted, unless it no longer waits for the task.</summary>
    private void Broken(string id, Exception exception)
    {
        if (IsRunning(id))
        {
            execution.Abandon(exception);
        }
    }

    private void Withdraw(RunTask task)
    {
        if (runner.Activities is { } queue)
        {
            runner.LaunchInside(
                () => queue.RemoveAsync(task.Resource.Text, CommandCalls.ActivityToken(task), CancellationToken.None),
                () => { },
                execution.Abandon);
        }
    }

    private CancellationToken Begin(string id)
    {
        var source = new CancellationTokenSource();
        lock (_gate)
        {
            _running.Add(id, source);
        }

        return source.Token;
    }

    private void Cancel(string id)
    {
        CancellationTokenSource? source;
        RunTask? activity;
        lock (_gate)
        {
            _running.Remove(id, out source);
            _activities.Remove(id, out activity);
        }

        if (activity is not null)
        {
            Withdraw(activity);
        }

        source?.Cancel();
        source?.Dispose();
    }

    private void StartTimer(StartTimer timer)
    {
        lock (_gate)
        {
            _timers.GetValueOrDefault(timer.Id)?.Dispose();
            _timers[timer.Id] = new(runner.Clock, timer.Due, () => Fire(timer.Id));
        }
    }

    private void Fire(string id)
    {
        bool pending;
        lock (_gate)
        {
            pending = _timers.Remove(id);
        }

        if (pending)
        {
            execution.Post(new TimerFired(runner.Clock.GetUtcNow(), id));
        }
    }

    private void StopTimer(string id)
    {
        DueTimer? timer;
        lock (_gate)
        {
            _timers.Remove(id, out timer);
        }

        timer?.Dispose();
    }
}
