using StepFlow.Language.Json;
using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

/// <summary>Times of a schedule that passed are started by a command, each once.</summary>
public sealed class BackfillCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Backfill_StartsEachTimeOnce()
    {
        _folder.File("machines/report.asl.json", """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""");
        string configuration = _folder.File("stepflow.json", """
            {"StateMachines":{"Folder":"machines"},"Triggers":{"nightly":{"StateMachine":"report","Schedule":"0 2 * * *","TimeZone":"Europe/Berlin"}}}
            """);
        string[] range = ["backfill", "nightly", "--from", "2026-03-28", "--to", "2026-03-31", "--config", configuration];

        CommandRun times = await CommandRun.OfAsync([.. range, "--dry-run"]);
        Assert.Equal("2026-03-28T01:00:00Z\n2026-03-29T01:00:00Z\n2026-03-30T00:00:00Z\n", times.Output.ReplaceLineEndings("\n"));

        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), configuration, Cancelled);
        CommandRun first = await CommandRun.OfAsync([.. range, "--server", server.Url]);
        CommandRun second = await CommandRun.OfAsync([.. range, "--server", server.Url]);

        Assert.Equal((ExitCodes.Success, "3 started, 0 existed already."), (first.ExitCode, first.Output.Trim()));
        Assert.Equal((ExitCodes.Success, "0 started, 3 existed already."), (second.ExitCode, second.Output.Trim()));
        Assert.Equal(3, ((JsonArray)(await server.GetAsync("api/statemachines/report/executions", Cancelled))["executions"]!).Count);
    }

    [Theory]
    [InlineData("hourly", "2026-01-01", "It has nightly.")]
    [InlineData("nightly", "tomorrow", "--from tomorrow is not a time")]
    [InlineData("nightly", "9999-01-01", "--from must be before --to.")]
    public async Task Backfill_OfSomethingElse_ReportsTheProblem(string trigger, string from, string problem)
    {
        string configuration = _folder.File("stepflow.json", """{"Triggers":{"nightly":{"StateMachine":"report","Schedule":"0 2 * * *"}}}""");

        CommandRun run = await CommandRun.OfAsync("backfill", trigger, "--from", from, "--config", configuration);

        Assert.NotEqual(ExitCodes.Success, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }
}
