using StepFlow.Execution;

namespace StepFlow.Functions.Orchestration;

/// <summary>What an orchestration shows of its execution while it runs: its custom status, at most 16 KB of UTF-16 JSON.</summary>
public sealed record ProgressStatus
{
    /// <summary>How many states are named at most: names have up to 80 characters, so that the whole stays far below the bound.</summary>
    private const int MostStates = 32;

    /// <summary>The execution's status.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>The number of history events.</summary>
    public long Events { get; init; }

    /// <summary>The states it is in, from the outside in; the first of them where there are many.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>How many states it is in.</summary>
    public int StateCount { get; init; }

    /// <summary>The tasks that it waits for, by id; the first of them where there are many.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>Whether it may wait for a task: not all are named where there are many.</summary>
    public bool MayWaitFor(string taskId) => StateCount > MostStates || Tasks.Contains(taskId);

    /// <summary>The status of an execution.</summary>
    public static ProgressStatus Of(WorkflowExecution execution)
    {
        IReadOnlyList<StateInFlight> states = execution.Status == ExecutionStatus.Running ? execution.InFlight : [];
        return new()
        {
            Status = execution.Status,
            Events = execution.EventCount,
            States = [.. states.Take(MostStates).Select(state => state.Name)],
            StateCount = states.Count,
            Tasks = [.. states.Where(state => state.TaskId is not null).Take(MostStates).Select(state => state.TaskId!)],
        };
    }
}
