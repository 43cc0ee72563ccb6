namespace StepFlow.Service.Access;

/// <summary>Whether a request is allowed.</summary>
/// <param name="Caller">The caller; null if anybody may call, or if the request is rejected.</param>
/// <param name="Refusal">The error; null if the request is allowed.</param>
internal readonly record struct AccessDecision(ICaller? Caller, ApiError? Refusal);
