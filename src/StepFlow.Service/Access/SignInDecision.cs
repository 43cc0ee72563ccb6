using StepFlow.Service.Errors;

namespace StepFlow.Service.Access;

/// <summary>What somebody who signed in showed.</summary>
/// <param name="Caller">Who it is; null where it is refused.</param>
/// <param name="Refusal">Why it is refused; null where it is let in.</param>
internal sealed record SignInDecision(SignedInCaller? Caller, ApiError? Refusal);
