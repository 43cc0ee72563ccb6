using StepFlow.Execution.History;

namespace StepFlow.Runtime.Telemetry;

/// <summary>Which metrics an event of a task belongs to.</summary>
internal static class TaskNames
{
    /// <summary>The prefix of the metrics' names, and the tag with the resource. Nulls for other events.</summary>
    public static (string? Plural, string? Singular, string? Tag) Of(HistoryEventType type) => type switch
    {
        HistoryEventType.ActivityScheduled or HistoryEventType.ActivityStarted or HistoryEventType.ActivitySucceeded
            or HistoryEventType.ActivityFailed or HistoryEventType.ActivityTimedOut => ("Activities", "Activity", "ActivityArn"),
        HistoryEventType.LambdaFunctionScheduled or HistoryEventType.LambdaFunctionStarted or HistoryEventType.LambdaFunctionSucceeded
            or HistoryEventType.LambdaFunctionFailed or HistoryEventType.LambdaFunctionTimedOut => ("LambdaFunctions", "LambdaFunction", "LambdaFunctionArn"),
        HistoryEventType.TaskScheduled or HistoryEventType.TaskStarted or HistoryEventType.TaskSubmitted or HistoryEventType.TaskSucceeded
            or HistoryEventType.TaskFailed or HistoryEventType.TaskTimedOut => ("ServiceIntegrations", "ServiceIntegration", "ServiceIntegrationResourceArn"),
        _ => (null, null, null),
    };

    /// <summary>How far the task has come with it.</summary>
    public static TaskStage StageOf(HistoryEventType type) => type switch
    {
        HistoryEventType.ActivityScheduled or HistoryEventType.LambdaFunctionScheduled or HistoryEventType.TaskScheduled => TaskStage.Scheduled,
        HistoryEventType.ActivityStarted or HistoryEventType.LambdaFunctionStarted or HistoryEventType.TaskStarted => TaskStage.Started,
        HistoryEventType.TaskSubmitted => TaskStage.Submitted,
        HistoryEventType.ActivitySucceeded or HistoryEventType.LambdaFunctionSucceeded or HistoryEventType.TaskSucceeded => TaskStage.Succeeded,
        HistoryEventType.ActivityTimedOut or HistoryEventType.LambdaFunctionTimedOut or HistoryEventType.TaskTimedOut => TaskStage.TimedOut,
        _ => TaskStage.Failed,
    };

    /// <summary>The resource that a task calls.</summary>
    public static string Resource(EventDetails? details) => details switch
    {
        ActivityScheduledDetails activity => activity.Resource,
        LambdaFunctionScheduledDetails function => function.Resource,
        TaskScheduledDetails task => $"arn:aws:states:::{task.ResourceType}:{task.Resource}",
        _ => string.Empty,
    };
}

/// <summary>The progress of a task. The names are the suffixes of the metrics.</summary>
internal enum TaskStage
{
    /// <summary>It was scheduled.</summary>
    Scheduled,

    /// <summary>It was started.</summary>
    Started,

    /// <summary>Its request was accepted.</summary>
    Submitted,

    /// <summary>It ended well.</summary>
    Succeeded,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It ran out of time.</summary>
    TimedOut,
}
