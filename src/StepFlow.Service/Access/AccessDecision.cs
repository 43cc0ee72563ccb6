using StepFlow.Service.Errors;

namespace StepFlow.Service.Access;

/// <summary>Whether a request is let in.</summary>
/// <param name="Caller">Whom it comes from; null where anybody may call, or it is refused.</param>
/// <param name="Refusal">Why it is refused; null where it is let in.</param>
internal readonly record struct AccessDecision(ICaller? Caller, ApiError? Refusal);
