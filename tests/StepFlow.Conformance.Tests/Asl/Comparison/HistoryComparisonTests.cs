using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Comparison;

/// <summary>Which orders of events count as the same history.</summary>
public sealed class HistoryComparisonTests
{
    private const string Recorded = "1>0 ExecutionStarted|2>0 ParallelStateEntered|3>2 ParallelStateStarted|4>3 PassStateEntered A|5>3 PassStateEntered B|6>4 PassStateExited A|7>5 PassStateExited B|8>7 ParallelStateSucceeded|9>7 ParallelStateExited|10>9 ExecutionSucceeded";

    [Theory]
    [InlineData(Recorded)]
    [InlineData("1>0 ExecutionStarted|2>0 ParallelStateEntered|3>2 ParallelStateStarted|4>3 PassStateEntered A|5>4 PassStateExited A|6>3 PassStateEntered B|7>6 PassStateExited B|8>7 ParallelStateSucceeded|9>7 ParallelStateExited|10>9 ExecutionSucceeded")]
    [InlineData("1>0 ExecutionStarted|2>0 ParallelStateEntered|3>2 ParallelStateStarted|4>3 PassStateEntered B|5>3 PassStateEntered A|6>4 PassStateExited B|7>5 PassStateExited A|8>6 ParallelStateSucceeded|9>6 ParallelStateExited|10>9 ExecutionSucceeded")]
    public void Compare_BranchesInAnotherOrder_IsTheSame(string actual) => Assert.Null(Compare(Recorded, actual));

    [Theory]
    [InlineData("1>0 ExecutionStarted|2>0 ParallelStateEntered|3>2 ParallelStateStarted|4>3 PassStateEntered A|5>3 PassStateEntered B|6>5 PassStateExited A|7>4 PassStateExited B|8>7 ParallelStateSucceeded|9>7 ParallelStateExited|10>9 ExecutionSucceeded")]
    [InlineData("1>0 ExecutionStarted|2>0 ParallelStateEntered|3>2 ParallelStateStarted|4>3 PassStateEntered A|5>3 PassStateEntered A|6>4 PassStateExited A|7>5 PassStateExited B|8>7 ParallelStateSucceeded|9>7 ParallelStateExited|10>9 ExecutionSucceeded")]
    [InlineData("1>0 ExecutionStarted|2>0 ParallelStateEntered|3>2 ParallelStateStarted|4>3 PassStateEntered A|5>4 PassStateExited A|6>5 ParallelStateSucceeded|7>6 ParallelStateExited|8>7 ExecutionSucceeded")]
    public void Compare_OtherEventsOrChains_IsNot(string actual) => Assert.NotNull(Compare(Recorded, actual));

    [Fact]
    public void Compare_WithoutBranches_ComparesOrderAndIds()
    {
        Assert.Null(Compare("1>0 ExecutionStarted|2>0 PassStateEntered", "1>0 ExecutionStarted|2>0 PassStateEntered"));
        Assert.NotNull(Compare("1>0 ExecutionStarted|2>0 PassStateEntered", "1>0 ExecutionStarted|2>1 PassStateEntered"));
    }

    private static Difference? Compare(string expected, string actual)
    {
        AslCase aslCase = AslCase.From(JsonValue.Parse("""{"id":"x","kind":"execution","recordedDate":"01-02-2025, 00:00:00"}"""));
        var changes = new ServiceChanges(aslCase.Recorded);
        var placeholders = new Placeholders(aslCase);
        return new HistoryComparison(placeholders, changes, new(placeholders, changes)).Compare(Events(expected), Events(actual), incomplete: false);
    }

    private static JsonArray Events(string text) => JsonArray.From(text.Split('|').Select(line =>
    {
        string[] parts = line.Split('>', ' ');
        return (JsonValue)JsonObject.Create(
            ("id", long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture)),
            ("previousEventId", long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)),
            ("type", parts[2]),
            ("name", parts.Length > 3 ? parts[3] : string.Empty));
    }));
}
