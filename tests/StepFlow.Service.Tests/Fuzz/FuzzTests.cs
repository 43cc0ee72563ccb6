namespace StepFlow.Service.Tests.Fuzz;

/// <summary>The short form of <c>scripts/fuzz.sh</c>.</summary>
public sealed class FuzzTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    public async Task AnyOperation_RandomRequests_RespondsAsInTheApiModel(string seed)
    {
        using var run = new FuzzRun(seed, callerTimeout: null);

        IReadOnlyList<FuzzProblem> problems = await run.RunAsync(250);

        Assert.Empty(problems);
        Assert.InRange(run.Accepted, 25, run.Calls - 25);
    }
}
