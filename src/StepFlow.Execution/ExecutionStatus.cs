namespace StepFlow.Execution;

/// <summary>The status of an execution (DescribeExecution, <c>ExecutionStatus</c>).</summary>
public enum ExecutionStatus
{
    /// <summary>It runs (<c>RUNNING</c>).</summary>
    Running,

    /// <summary>It succeeded (<c>SUCCEEDED</c>).</summary>
    Succeeded,

    /// <summary>It failed (<c>FAILED</c>).</summary>
    Failed,

    /// <summary>Its time ran out (<c>TIMED_OUT</c>).</summary>
    TimedOut,

    /// <summary>It was stopped (<c>ABORTED</c>).</summary>
    Aborted,

    /// <summary>It waits to be redriven (<c>PENDING_REDRIVE</c>). Only children of Map Runs have this status.</summary>
    PendingRedrive,
}
