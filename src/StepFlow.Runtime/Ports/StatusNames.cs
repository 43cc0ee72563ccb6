using System.Diagnostics;
using StepFlow.Execution.History;

namespace StepFlow.Runtime.Ports;

/// <summary>The wire names of an execution's status.</summary>
public static class StatusNames
{
    /// <summary>The name of a status.</summary>
    public static string Of(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Running => "RUNNING",
        ExecutionStatus.Succeeded => "SUCCEEDED",
        ExecutionStatus.Failed => "FAILED",
        ExecutionStatus.TimedOut => "TIMED_OUT",
        ExecutionStatus.Aborted => "ABORTED",
        ExecutionStatus.PendingRedrive => "PENDING_REDRIVE",
        _ => throw new UnreachableException(),
    };

    /// <summary>The status that an execution has after an event; null if the event does not end an execution.</summary>
    public static ExecutionStatus? AfterEnd(HistoryEventType type) => type switch
    {
        HistoryEventType.ExecutionSucceeded => ExecutionStatus.Succeeded,
        HistoryEventType.ExecutionFailed => ExecutionStatus.Failed,
        HistoryEventType.ExecutionTimedOut => ExecutionStatus.TimedOut,
        HistoryEventType.ExecutionAborted => ExecutionStatus.Aborted,
        _ => null,
    };

    /// <summary>The status with a name of the API model.</summary>
    public static ExecutionStatus Parse(string name) => name switch
    {
        "RUNNING" => ExecutionStatus.Running,
        "SUCCEEDED" => ExecutionStatus.Succeeded,
        "FAILED" => ExecutionStatus.Failed,
        "TIMED_OUT" => ExecutionStatus.TimedOut,
        "ABORTED" => ExecutionStatus.Aborted,
        "PENDING_REDRIVE" => ExecutionStatus.PendingRedrive,
        _ => throw new UnreachableException(),
    };
}
