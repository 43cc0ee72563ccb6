using StepFlow.Reliability.Checking;

namespace StepFlow.Reliability;

/// <summary>What a run found.</summary>
/// <param name="Problems">What is not as it must be.</param>
/// <param name="Figures">What was counted and measured, a line each.</param>
internal sealed record RunReport(IReadOnlyList<Problem> Problems, IReadOnlyList<string> Figures);
