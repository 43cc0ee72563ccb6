namespace StepFlow.Conformance.Tests.Asl;

/// <summary>What became of a case.</summary>
/// <param name="Id">The case.</param>
/// <param name="Kind">Its kind, and whether it is written in JSONata.</param>
/// <param name="Failure">The first difference; null where it passed or was skipped.</param>
/// <param name="Skip">Why it was not run; null where it was.</param>
internal sealed record CaseResult(string Id, string Kind, string? Failure, string? Skip)
{
    public bool Passed => Failure is null && Skip is null;
}
