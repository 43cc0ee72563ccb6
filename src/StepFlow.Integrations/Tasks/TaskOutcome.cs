using StepFlow.Execution.Signals;

namespace StepFlow.Integrations.Tasks;

/// <summary>How a call ended. A closed family.</summary>
public abstract record TaskOutcome;

/// <summary>It ended well.</summary>
/// <param name="Output">The result.</param>
public sealed record TaskCompleted(JsonValue Output) : TaskOutcome;

/// <summary>The request was accepted; the task ends later, by its token or by the job it started.</summary>
/// <param name="Output">The response to the request.</param>
public sealed record TaskAccepted(JsonValue Output) : TaskOutcome;

/// <summary>The job of the task runs. The host calls again later with the reference (<see cref="TaskCall.JobReference"/>).</summary>
/// <param name="Output">The response to the request.</param>
/// <param name="Reference">How the job is found again.</param>
/// <param name="After">How long to wait before the next call.</param>
public sealed record TaskPending(JsonValue Output, JsonValue Reference, TimeSpan After) : TaskOutcome;

/// <summary>It waits for a worker of its activity; the worker starts and ends it by its token.</summary>
public sealed record TaskQueued : TaskOutcome;

/// <summary>It failed, and the workflow can handle the failure.</summary>
/// <param name="Cause">The cause; null where there is none.</param>
/// <param name="Stage">How far it had come.</param>
public sealed record TaskRejected(string Error, string? Cause, TaskFailureStage Stage = TaskFailureStage.Run) : TaskOutcome;
