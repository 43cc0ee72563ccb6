namespace StepFlow.Reliability.Tests;

/// <summary>The short form of <c>scripts/reliability.sh</c>: real processes in real time; states and histories count, not how long it takes.</summary>
public sealed class ReliabilityRunTests
{
    private static readonly string[] Kinds = ["long-waits", "bounded-loops", "retries"];

    [Fact]
    public async Task Run_MixedExecutionsAndFaults_LoseAndDoubleNothing()
    {
        var options = new RunOptions
        {
            Seed = Random.Shared.Next(),
            Load = TimeSpan.FromSeconds(20),
            Kinds = Kinds,
            Faults = ["kill", "restart"],
            SecondsBetweenFaults = 4,
        };
        ITestOutputHelper output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"scripts/reliability.sh --minutes 0.34 --seed {options.Seed} --kinds {string.Join(',', Kinds)} --between 4");

        RunReport report = await ReliabilityRun.RunAsync(options, TextWriter.Null, TestContext.Current.CancellationToken);

        foreach (string figure in report.Figures)
        {
            output.WriteLine(figure);
        }

        Assert.Empty(report.Problems);
    }
}
