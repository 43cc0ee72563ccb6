namespace StepFlow.Runtime.Telemetry;

/// <summary>One record of an execution log.</summary>
/// <param name="LogGroupArn">The destination that the state machine names; null for none.</param>
/// <param name="IsError">Whether something failed.</param>
/// <param name="Record">The record, as Step Functions writes it: <c>id</c>, <c>type</c>, <c>details</c>, <c>execution_arn</c>, ….</param>
public sealed record ExecutionLogEntry(string? LogGroupArn, bool IsError, JsonObject Record);
