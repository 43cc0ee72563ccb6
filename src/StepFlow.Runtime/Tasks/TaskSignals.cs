using System.Diagnostics;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Runtime.Tasks;

/// <summary>Makes signals of the outcomes of tasks.</summary>
public static class TaskSignals
{
    /// <summary>The signal. Null if a worker reports the outcome later.</summary>
    /// <param name="outcome">How the call ended.</param>
    /// <param name="taskId">The task, by its command's id.</param>
    public static Signal? Of(TaskOutcome outcome, DateTimeOffset time, string taskId) => outcome switch
    {
        TaskCompleted completed => new TaskSucceeded(time, taskId, completed.Output),
        TaskAccepted accepted => new TaskSubmitted(time, taskId, accepted.Output),
        TaskRejected rejected => new TaskFailed(time, taskId, rejected.Error, rejected.Cause, rejected.Stage),
        TaskQueued => null,
        _ => throw new UnreachableException(),
    };
}
