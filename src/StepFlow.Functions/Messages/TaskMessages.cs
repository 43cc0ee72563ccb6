using System.Text.Json.Serialization;
using StepFlow.Execution.Signals;

namespace StepFlow.Functions.Messages;

/// <summary>The request to the activity <c>RunTask</c> to run a task once.</summary>
public sealed record TaskRequest
{
    public required string ExecutionArn { get; init; }

    public required string ExecutionName { get; init; }

    /// <summary>The orchestration of the task.</summary>
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

    /// <summary>When the outcome is no longer needed; null for no limit.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The task's token; null if it is not completed by a token.</summary>
    public string? TaskToken { get; init; }

    /// <summary>The state's Credentials; null for none.</summary>
    public Payload? Credentials { get; init; }

    /// <summary>The test case of a mock configuration; null for none.</summary>
    public string? MockTestCase { get; init; }

    /// <summary>The execution that a <c>.sync</c> task started and that has ended, so that its result is there; null where it is still to be started.</summary>
    public string? JoinedExecutionArn { get; init; }

    /// <summary>Whether the result contains only a reference to a large output, because no state reads it soon.</summary>
    public bool ResultIsPassedOn { get; init; }

    /// <summary>How the job of a <c>.sync</c> task that was started is found again; null where it is still to be started, and where it is an execution.</summary>
    public string? JobReference { get; init; }

    /// <summary>Whether the job is no longer needed, and must be stopped.</summary>
    public bool StopsJob { get; init; }

    /// <summary>History in the message, so that it needs no message of its own; null for none.</summary>
    public HistoryChunk? History { get; init; }

    /// <summary>History before <see cref="History"/> that earlier tasks returned.</summary>
    public IReadOnlyList<HistoryChunk> EarlierHistory { get; init; } = [];

    /// <summary>How long the history may wait. A task that ends sooner returns it, and the next message contains it. Null if it must be stored before the task runs.</summary>
    // The JSON name of earlier versions of the app, whose messages are still read.
    [JsonPropertyName("HistoryPatience")]
    public TimeSpan? LongestHistoryWait { get; init; }

    /// <summary>All history in the message, oldest first.</summary>
    [JsonIgnore]
    public IReadOnlyList<HistoryChunk> AllHistory => History is null ? EarlierHistory : [.. EarlierHistory, History];
}

/// <summary>The result of a task's activity.</summary>
public sealed record TaskActivityResult
{
    /// <summary>How it ended.</summary>
    public required TaskActivityResultKind Kind { get; init; }

    /// <summary>The time by the execution's clock.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The output, or the response to the request; null if it failed.</summary>
    public Payload? Output { get; init; }

    /// <summary>For a <c>.sync</c> task the execution it started, whose end is awaited; else null.</summary>
    public string? ChildExecutionArn { get; init; }

    /// <summary>For a job that runs: how it is found again; else null.</summary>
    public string? JobReference { get; init; }

    /// <summary>For a running job: when its state is read again.</summary>
    // The JSON name of earlier versions of the app, whose messages are still read.
    [JsonPropertyName("AskAgain")]
    public DateTimeOffset? PollTime { get; init; }

    /// <summary>The error; null where it did not fail.</summary>
    public string? Error { get; init; }

    /// <summary>The cause, which may be long; null for none.</summary>
    public Payload? Cause { get; init; }

    /// <summary>How far it had come when it failed.</summary>
    public TaskFailureStage Stage { get; init; }

    /// <summary>Whether the history in the message was stored. If not, the next message contains it. An older version of the app does not set it.</summary>
    public bool HistoryStored { get; init; }
}

/// <summary>How a task ended.</summary>
public enum TaskActivityResultKind
{
    /// <summary>It ended with an output.</summary>
    Completed,

    /// <summary>Its request was accepted; it ends later.</summary>
    Accepted,

    /// <summary>It waits for an activity's worker.</summary>
    Queued,

    /// <summary>It failed.</summary>
    Rejected,

    /// <summary>It was cancelled, because its time was up or its outcome no longer needed. A timer of the execution decides about the timeout.</summary>
    Cancelled,

    /// <summary>Its job runs, and its state is read again later.</summary>
    Pending,
}
