namespace StepFlow.Execution.History;

/// <summary>The details of <c>ExecutionStarted</c>.</summary>
public sealed record ExecutionStartedDetails(JsonValue Input, string RoleArn) : EventDetails
{
    /// <summary>The input as it was sent, if that is known and shown; null if the text of the value is shown.</summary>
    public string? InputText { get; init; }

    /// <summary>The alias it was started through; null for none.</summary>
    public string? StateMachineAliasArn { get; init; }

    /// <summary>The version it was started through; null for none.</summary>
    public string? StateMachineVersionArn { get; init; }
}

/// <summary>The details of events whose one payload is an output: <c>ExecutionSucceeded</c>, <c>LambdaFunctionSucceeded</c>, <c>ActivitySucceeded</c>.</summary>
public sealed record OutputDetails(JsonValue Output) : EventDetails;

/// <summary>
/// The details of events that say why something ended: <c>ExecutionFailed</c>, <c>ExecutionAborted</c>,
/// <c>ExecutionTimedOut</c>, <c>MapRunFailed</c>, and the failures of functions and activities.
/// </summary>
/// <param name="Error">The error name; null where there is none.</param>
/// <param name="Cause">The cause; null where there is none.</param>
public sealed record FailureDetails(string? Error, string? Cause) : EventDetails;

/// <summary>The details of <c>ExecutionRedriven</c>.</summary>
/// <param name="RedriveCount">How often the execution has been redriven, this time included.</param>
public sealed record ExecutionRedrivenDetails(int RedriveCount) : EventDetails;
