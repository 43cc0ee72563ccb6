namespace StepFlow.Functions.Messages;

/// <summary>The names of the external events of an execution's orchestration. Each task has its own name, because several waiters on one name are served last in, first out.</summary>
internal static class EventNames
{
    /// <summary>The execution is to stop.</summary>
    public const string Stop = "stop";

    /// <summary>Repeated work is tried now.</summary>
    public const string Retry = "retry";

    /// <summary>A child of a Map Run has ended.</summary>
    public const string EndedChild = "ended-child";

    /// <summary>Children of a Map Run have ended: one event for many.</summary>
    public const string EndedChildren = "ended-children";

    /// <summary>A Map Run's settings have changed.</summary>
    public const string Settings = "settings";

    private const string TaskPrefix = "task-";
    private const string PollPrefix = "ask-";

    /// <summary>The timer after which the orchestration reads the state of a task's job.</summary>
    public static string Poll(string taskId) => PollPrefix + taskId;

    /// <summary>The task of such a timer; null for another timer.</summary>
    public static string? PolledTask(string timer) => timer.StartsWith(PollPrefix, StringComparison.Ordinal) ? timer[PollPrefix.Length..] : null;

    /// <summary>An execution that a <c>.sync</c> task started has ended.</summary>
    public static string Child(string instanceId) => "child-" + instanceId;

    /// <summary>Something about a task.</summary>
    public static string Task(string taskId) => TaskPrefix + taskId;

    /// <summary>The task that an event is about.</summary>
    public static string TaskOf(string eventName) => eventName[TaskPrefix.Length..];
}
