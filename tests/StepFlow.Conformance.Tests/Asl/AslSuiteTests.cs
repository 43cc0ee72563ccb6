using StepFlow.Testing;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>The recorded cases, all of them: each difference is in the list of known ones, and each known one still differs.</summary>
public sealed class AslSuiteTests
{
    [Fact]
    public void Run_WholeCorpus_DiffersOnlyWhereKnown()
    {
        string? corpus = RecordedCases.Folder;
        Assert.SkipWhen(corpus is null, RecordedCases.Missing);
        IReadOnlyList<CaseResult> results = AslSuite.Run(corpus);

        IReadOnlyDictionary<string, string> known = KnownFailures.Of(AslSuite.Name);
        Assert.Equal([], results.Where(result => result.Failure is not null && !known.ContainsKey(result.Id)).Select(result => $"{result.Id}: {result.Failure}"));
        Assert.Equal([], results.Where(result => result.Passed && known.ContainsKey(result.Id)).Select(result => $"{result.Id} is listed as known to fail, and passes."));
        IReadOnlyDictionary<string, string> skipped = KnownFailures.Of(AslSuite.Name + "-skipped");
        Assert.Equal([], results.Where(result => result.Skip is not null && !skipped.ContainsKey(result.Id)).Select(result => $"{result.Id}: {result.Skip}"));
    }
}
