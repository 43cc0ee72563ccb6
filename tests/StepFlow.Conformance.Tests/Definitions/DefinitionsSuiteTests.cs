using StepFlow.Testing;

namespace StepFlow.Conformance.Tests.Definitions;

public sealed class DefinitionsSuiteTests
{
    [Fact]
    public void Run_WholeCorpus_NothingFails()
    {
        string? corpus = RecordedCases.Folder;
        Assert.SkipWhen(corpus is null, RecordedCases.Missing);

        SuiteResult result = DefinitionsSuite.Run(corpus);

        Assert.True(result.Failures.Count == 0, $"{result}\n{string.Join('\n', result.Failures)}");
        Assert.True(result.Passed > 0);
    }

    [Fact]
    public void ArguedVerdicts_Each_HasReason() =>
        Assert.All(ArguedVerdicts.All, verdict => Assert.False(string.IsNullOrWhiteSpace(verdict.Reason)));
}
