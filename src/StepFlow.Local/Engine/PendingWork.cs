using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Language;

namespace StepFlow.Local.Engine;

/// <summary>What an execution in memory waits for: its tasks, its Map Runs and its timers.</summary>
internal sealed class PendingWork
{
    private readonly Dictionary<string, RunningTask> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LocalMapRun> _mapRuns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _submitted = new(StringComparer.Ordinal);
    private int _accepted;

    public PendingTimers Timers { get; } = new();

    /// <summary>Whether something runs in this process for the execution. Then it stays in memory, and after a restart it is resumed immediately.</summary>
    public bool IsBusy => _tasks.Count > _accepted || _mapRuns.Count > 0;

    /// <summary>The ids of tasks and Map Runs whose start is already in the history, so that a repetition does not record it again.</summary>
    public IReadOnlyCollection<string> Submitted => _submitted;

    public IReadOnlyCollection<RunningTask> Tasks => _tasks.Values;

    public IReadOnlyCollection<LocalMapRun> MapRuns => _mapRuns.Values;

    /// <summary>Restores from a snapshot.</summary>
    public void MarkSubmitted(string id) => _submitted.Add(id);

    public bool IsSubmitted(string id) => _submitted.Contains(id);

    public bool IsPending(RunningTask task) => _tasks.TryGetValue(task.Command.Id, out RunningTask? pending) && pending == task;

    public bool IsPending(LocalMapRun run) => _mapRuns.TryGetValue(run.Id, out LocalMapRun? pending) && pending == run;

    public void Add(RunningTask task) => _tasks[task.Command.Id] = task;

    public void Add(LocalMapRun run) => _mapRuns[run.Id] = run;

    /// <summary>The call of a task has ended. The task is completed from outside later.</summary>
    public void Accept(RunningTask task)
    {
        if (!task.IsAccepted)
        {
            task.IsAccepted = true;
            _accepted++;
        }
    }

    /// <summary>Removes the work that a signal ends.</summary>
    public void Complete(Signal signal)
    {
        if (signal.CommandId is not { } id)
        {
            return;
        }

        if (signal is TaskSubmitted or MapRunStarted)
        {
            _submitted.Add(id);
        }
        else if (signal.EndsCommand)
        {
            RemoveTask(id);
            RemoveMapRun(id);
        }
    }

    public RunningTask? Find(string id) => _tasks.GetValueOrDefault(id);

    public RunningTask? RemoveTask(string id)
    {
        _submitted.Remove(id);
        if (_tasks.Remove(id, out RunningTask? task) && task.IsAccepted)
        {
            _accepted--;
        }

        return task;
    }

    public LocalMapRun? RemoveMapRun(string id)
    {
        _submitted.Remove(id);
        _mapRuns.Remove(id, out LocalMapRun? run);
        return run;
    }

    /// <summary>Whether the request of a task was accepted before a restart. It must not be sent again: the execution only waits for the task's completion.</summary>
    public bool IsOnlyAwaited(RunTask command) => command.Resource.Pattern == TaskPattern.WaitForTaskToken && IsSubmitted(command.Id);

    /// <summary>Removes everything and cancels running tasks and Map Runs.</summary>
    public void Clear()
    {
        foreach (RunningTask task in _tasks.Values)
        {
            task.Cancel();
        }

        foreach (LocalMapRun run in _mapRuns.Values)
        {
            run.Abandon();
        }

        _tasks.Clear();
        _mapRuns.Clear();
        _submitted.Clear();
        _accepted = 0;
        Timers.Clear();
    }
}
