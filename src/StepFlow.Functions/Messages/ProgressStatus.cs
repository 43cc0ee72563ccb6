using System.Globalization;
using System.Text.Json;

namespace StepFlow.Functions.Messages;

/// <summary>The progress of an execution while its orchestration runs: its custom status, at most 16 KB of UTF-16 JSON.</summary>
public sealed record ProgressStatus
{
    /// <summary>How many tasks are named at most.</summary>
    private const int MaxTasks = 64;

    /// <summary>The maximum number of characters for the names of states, as JSON: half of the limit.</summary>
    private const int MaxCharacters = 4096;

    /// <summary>The maximum number of characters for repeated tasks, as JSON: a quarter of the limit.</summary>
    private const int MaxRepeatedCharacters = 2048;

    /// <summary>The number of characters of a repeated task without its texts.</summary>
    private const int RepeatedTaskFrame = 200;

    public required ExecutionStatus Status { get; init; }

    /// <summary>When the execution started; null in the status of an older version of the app.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>The number of history events.</summary>
    public long Events { get; init; }

    /// <summary>The states it is in, from the outside in; the first of them where there are many.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>How many states it is in.</summary>
    public int StateCount { get; init; }

    /// <summary>The tasks that it waits for, by id; the first of them where there are many.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>How many tasks it waits for.</summary>
    public int TaskCount { get; init; }

    /// <summary>The number of the last task that was given: tasks count up, so one beyond it is newer than this status.</summary>
    public long LastTask { get; init; }

    /// <summary>The tasks whose calls failed and are repeated; the first of them where there are many.</summary>
    public IReadOnlyList<RepeatedTask> Repeated { get; init; } = [];

    public static long NumberOf(string taskId) =>
        long.TryParse(taskId.AsSpan(taskId.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;

    /// <summary>Whether it may wait for a task: not all are named where there are many, and a status lags behind its execution.</summary>
    public bool MayWaitFor(string taskId) => TaskCount > Tasks.Count || Tasks.Contains(taskId) || NumberOf(taskId) > LastTask;

    /// <summary>The status of an execution.</summary>
    /// <param name="repeated">The tasks whose calls failed and are repeated.</param>
    public static ProgressStatus Of(WorkflowExecution execution, long lastTask, IEnumerable<RepeatedTask> repeated)
    {
        IReadOnlyList<StateInFlight> states = execution.Status == ExecutionStatus.Running ? execution.InFlight : [];
        string[] tasks = [.. states.Where(state => state.TaskId is not null).Select(state => state.TaskId!)];
        return new()
        {
            Status = execution.Status,
            StartTime = execution.StartedWith.StartTime,
            Events = execution.EventCount,
            States = [.. Names(states)],
            StateCount = states.Count,
            Tasks = tasks.Length <= MaxTasks ? tasks : tasks[..MaxTasks],
            TaskCount = tasks.Length,
            LastTask = lastTask,
            Repeated = [.. Shown(repeated)],
        };
    }

    private static IEnumerable<RepeatedTask> Shown(IEnumerable<RepeatedTask> repeated)
    {
        int left = MaxRepeatedCharacters;
        return repeated.TakeWhile(task => (left -= task.Characters + RepeatedTaskFrame) >= 0);
    }

    private static IEnumerable<string> Names(IReadOnlyList<StateInFlight> states)
    {
        int left = MaxCharacters;
        foreach (StateInFlight state in states)
        {
            left -= JsonEncodedText.Encode(state.Name).EncodedUtf8Bytes.Length + 3;
            if (left < 0)
            {
                yield break;
            }

            yield return state.Name;
        }
    }
}
