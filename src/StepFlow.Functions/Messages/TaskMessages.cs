using StepFlow.Execution.Signals;

namespace StepFlow.Functions.Messages;

/// <summary>Asks the activity <c>RunTask</c> to run a task once.</summary>
public sealed record TaskRequest
{
    public required string ExecutionArn { get; init; }

    public required string ExecutionName { get; init; }

    /// <summary>The orchestration that asks.</summary>
    public required string InstanceId { get; init; }

    public required string StateMachineArn { get; init; }

    /// <summary>The task's id in the execution.</summary>
    public required string TaskId { get; init; }

    public required string StateName { get; init; }

    /// <summary>The Resource, as written.</summary>
    public required string Resource { get; init; }

    public required Payload Arguments { get; init; }

    /// <summary>Earlier attempts, from 0.</summary>
    public int RetryCount { get; init; }

    /// <summary>When the answer no longer counts; null for never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The task's token; null where it is not answered by token.</summary>
    public string? TaskToken { get; init; }

    /// <summary>The state's Credentials; null where there are none.</summary>
    public Payload? Credentials { get; init; }

    /// <summary>The test case of a mock configuration; null for none.</summary>
    public string? MockTestCase { get; init; }

    /// <summary>The execution that a <c>.sync</c> task started and that has ended, so that its result is there; null where it is still to be started.</summary>
    public string? JoinedExecutionArn { get; init; }

    /// <summary>Whether the answer says only where a large result is stored: nobody looks into it soon.</summary>
    public bool ResultIsPassedOn { get; init; }

    /// <summary>How the job of a <c>.sync</c> task that was started is found again; null where it is still to be started, and where it is an execution.</summary>
    public string? JobReference { get; init; }

    /// <summary>Whether nobody waits any more for the job: it is stopped.</summary>
    public bool StopsJob { get; init; }

    /// <summary>History that rides along, so that it costs no message of its own; null for none.</summary>
    public HistoryChunk? History { get; init; }

    /// <summary>History before <see cref="History"/> that earlier tasks brought back.</summary>
    public IReadOnlyList<HistoryChunk> EarlierHistory { get; init; } = [];

    /// <summary>How long the history may wait: a task that ends sooner brings it back, and the next message takes it along. Null where it is stored before the task runs.</summary>
    public TimeSpan? HistoryPatience { get; init; }

    /// <summary>All history that rides along, oldest first.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<HistoryChunk> AllHistory => History is null ? EarlierHistory : [.. EarlierHistory, History];
}

/// <summary>What a task answered.</summary>
public sealed record TaskActivityResult
{
    /// <summary>How it ended.</summary>
    public required TaskActivityResultKind Kind { get; init; }

    /// <summary>When: the execution's clock.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The result, or what the request answered; null where it failed.</summary>
    public Payload? Output { get; init; }

    /// <summary>For a <c>.sync</c> task the execution it started, whose end is awaited; else null.</summary>
    public string? ChildExecutionArn { get; init; }

    /// <summary>For a job that runs: how it is found again; else null.</summary>
    public string? JobReference { get; init; }

    /// <summary>For a job that runs: when it is asked for again.</summary>
    public DateTimeOffset? AskAgain { get; init; }

    /// <summary>The error; null where it did not fail.</summary>
    public string? Error { get; init; }

    /// <summary>The cause, which may be long; null where there is none.</summary>
    public Payload? Cause { get; init; }

    /// <summary>How far it had come when it failed.</summary>
    public TaskFailureStage Stage { get; init; }

    /// <summary>Whether the history that rode along was stored. If not, it rides along with the next message; an older version of the app does not say.</summary>
    public bool HistoryStored { get; init; }
}

/// <summary>How a task ended.</summary>
public enum TaskActivityResultKind
{
    /// <summary>Well.</summary>
    Completed,

    /// <summary>Its request was accepted; it ends later.</summary>
    Accepted,

    /// <summary>It waits for an activity's worker.</summary>
    Queued,

    /// <summary>Badly.</summary>
    Rejected,

    /// <summary>It was given up: its time was up, or nobody waited for it. A timer of the execution tells what that means.</summary>
    GivenUp,

    /// <summary>Its job runs, and is asked for again later.</summary>
    Pending,
}
