namespace StepFlow.Conformance.Tests.Definitions;

public sealed class VerdictsSuiteTests
{
    [Fact]
    public void Run_WholeCorpus_NothingFails()
    {
        string? corpus = CorpusFolder.Find();
        Assert.SkipWhen(corpus is null, "The corpus is not there: set STEPFLOW_CORPUS.");

        SuiteResult result = VerdictsSuite.Run(corpus);

        Assert.True(result.Failures.Count == 0, $"{result}\n{string.Join('\n', result.Failures)}");
        Assert.True(result.Passed > 0);
    }
}
