namespace StepFlow.Conformance.Tests.Definitions;

/// <summary>What became of a suite of cases.</summary>
/// <param name="Name">The suite's name.</param>
/// <param name="Passed">How many cases agree with what was recorded.</param>
/// <param name="Failures">Those that do not: the case's id and the first difference.</param>
/// <param name="Skipped">Those that were not run, with the reason.</param>
public sealed record SuiteResult(string Name, int Passed, IReadOnlyList<(string Id, string Difference)> Failures, IReadOnlyList<(string Id, string Reason)> Skipped)
{
    public override string ToString() => $"{Name}: {Passed} passed, {Failures.Count} failed, {Skipped.Count} skipped";
}
