using StepFlow.Conformance.Tests.Definitions;
using Xunit;

namespace StepFlow.Conformance.Tests.Jsonata;

public sealed class JsonataSuiteTests
{
    [Fact]
    public void Suite_EveryCase_PassesOrIsKnown()
    {
        string? corpus = CorpusFolder.Find();
        Assert.SkipWhen(corpus is null, "There is no corpus here.");
        SuiteResult result = JsonataSuite.Run(corpus);
        IReadOnlyDictionary<string, string> known = KnownFailures.Of(JsonataSuite.Name);

        Assert.Empty(result.Failures.Where(failure => !known.ContainsKey(failure.Id)));
        Assert.Empty(known.Keys.Except(result.Failures.Select(failure => failure.Id)));
    }
}
