using StepFlow.Integrations.Tasks;

namespace StepFlow.Runtime.TaskLimits;

/// <summary>Other tasks use up a limit of the settings, longer than the host waits. The host repeats the task later; no attempt is counted.</summary>
/// <param name="limit">The limit's name.</param>
public sealed class TaskDeferredException(string limit) : TaskOutageException(
    $"Other tasks use all of the limit '{TaskErrors.Section}:TaskLimits:{limit}'. This task waits for its turn.");
