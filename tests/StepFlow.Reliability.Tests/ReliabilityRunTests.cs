namespace StepFlow.Reliability.Tests;

/// <summary>The short form of <c>scripts/reliability.sh</c>: real processes in real time; states and histories count, not how long it takes.</summary>
public sealed class ReliabilityRunTests
{
    private static readonly string[] Kinds =
    [
        "short-waits", "long-waits", "inline-maps", "bounded-loops", "endless-loops", "retries", "stops", "timeouts",
        "throwing-expressions", "nested", "activities", "tokens", "distributed-maps", "express", "big-payloads", "tags",
        "parallels", "redrives", "tables",
    ];

    private static readonly string[] Faults = ["kill", "restart", "storage", "disk", "clock"];

    [Fact]
    public async Task Run_MixedExecutionsAndFaults_LoseAndDoubleNothing()
    {
        var options = new RunOptions
        {
            Seed = Random.Shared.Next(),
            Load = TimeSpan.FromSeconds(24),
            Kinds = Kinds,
            Faults = Faults,
            Rate = 25,
            SecondsBetweenFaults = 3,
        };
        ITestOutputHelper output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"scripts/reliability.sh --minutes 0.4 --rate 25 --between 3 --seed {options.Seed} --kinds {string.Join(',', Kinds)} --faults {string.Join(',', Faults)}");

        using var progress = new StringWriter();

        RunReport report = await ReliabilityRun.RunAsync(options, progress, TestContext.Current.CancellationToken);

        output.WriteLine(progress.ToString());
        foreach (string figure in report.Figures)
        {
            output.WriteLine(figure);
        }

        Assert.Empty(report.Problems);
    }
}
