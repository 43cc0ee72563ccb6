using StepFlow.Testing;

namespace StepFlow.Conformance.Tests.Definitions;

public sealed class VerdictsSuiteTests
{
    [Fact]
    public void Run_WholeCorpus_NothingFails()
    {
        string? corpus = RecordedCases.Folder;
        Assert.SkipWhen(corpus is null, RecordedCases.Missing);

        SuiteResult result = VerdictsSuite.Run(corpus);

        Assert.True(result.Failures.Count == 0, $"{result}\n{string.Join('\n', result.Failures)}");
        Assert.True(result.Passed > 0);
    }
}
