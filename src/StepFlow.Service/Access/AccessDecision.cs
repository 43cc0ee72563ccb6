using StepFlow.Service.Errors;

namespace StepFlow.Service.Access;

/// <summary>Whether a request is let in.</summary>
/// <param name="Key">The key it was signed with; null where none is required, or it is refused.</param>
/// <param name="Refusal">Why it is refused; null where it is let in.</param>
public readonly record struct AccessDecision(AccessKey? Key, ApiError? Refusal);
