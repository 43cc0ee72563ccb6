using StepFlow.Execution.History;

namespace StepFlow.Runtime.Telemetry;

/// <summary>Which events an execution log of a level contains (Step Functions developer guide, "Log levels for Step Functions execution events").</summary>
internal static class LogLevels
{
    /// <summary>Whether a level includes an event.</summary>
    public static bool Includes(string? level, HistoryEventType type) => level switch
    {
        "ALL" => true,
        "ERROR" => IsError(type),
        "FATAL" => IsFatal(type),
        _ => false,
    };

    /// <summary>Whether an event is a failure.</summary>
    public static bool IsError(HistoryEventType type) => IsFatal(type) || type is
        HistoryEventType.FailStateEntered or HistoryEventType.EvaluationFailed
        or HistoryEventType.ActivityFailed or HistoryEventType.ActivityScheduleFailed or HistoryEventType.ActivityTimedOut
        or HistoryEventType.LambdaFunctionFailed or HistoryEventType.LambdaFunctionScheduleFailed
        or HistoryEventType.LambdaFunctionStartFailed or HistoryEventType.LambdaFunctionTimedOut
        or HistoryEventType.MapIterationAborted or HistoryEventType.MapIterationFailed
        or HistoryEventType.MapStateAborted or HistoryEventType.MapStateFailed
        or HistoryEventType.MapRunAborted or HistoryEventType.MapRunFailed
        or HistoryEventType.ParallelStateAborted or HistoryEventType.ParallelStateFailed
        or HistoryEventType.TaskFailed or HistoryEventType.TaskStartFailed or HistoryEventType.TaskStateAborted
        or HistoryEventType.TaskSubmitFailed or HistoryEventType.TaskTimedOut or HistoryEventType.WaitStateAborted;

    private static bool IsFatal(HistoryEventType type) =>
        type is HistoryEventType.ExecutionAborted or HistoryEventType.ExecutionFailed or HistoryEventType.ExecutionTimedOut;
}
