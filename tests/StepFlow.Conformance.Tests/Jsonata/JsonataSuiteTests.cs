using StepFlow.Conformance.Tests.Definitions;
using StepFlow.Testing;

namespace StepFlow.Conformance.Tests.Jsonata;

public sealed class JsonataSuiteTests
{
    [Fact]
    public void Suite_EveryCase_PassesOrIsKnown()
    {
        string? corpus = RecordedCases.Folder;
        Assert.SkipWhen(corpus is null, RecordedCases.Missing);
        SuiteResult result = JsonataSuite.Run(corpus);
        IReadOnlyDictionary<string, string> known = KnownFailures.Of(JsonataSuite.Name);

        Assert.Equal(known.Keys.Order(StringComparer.Ordinal), result.Failures.Select(failure => failure.Id).Order(StringComparer.Ordinal));
    }
}
