using Microsoft.Data.Sqlite;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Problems;

namespace StepFlow.Local.Tests.Engine;

/// <summary>An execution whose state cannot be restored: a snapshot was damaged on the disk.</summary>
public class SuspensionTests
{
    private static readonly string Definition = $$"""
        {"TimeoutSeconds":3600,"StartAt":"One","States":{
          "One":{"Type":"Task","Resource":"{{Requests.Function("step")}}","Next":"Wait"},
          "Wait":{"Type":"Wait","Seconds":60,"End":true} } }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Suspended_Stopped_Ends()
    {
        await using LocalHostFixture fixture = await SuspendedAsync();
        ExecutionProblem problem = Assert.Single(fixture.Local.Problems.All(9));
        Assert.Equal((Requests.Arn("a"), ExecutionProblemKind.Suspended, 1), (problem.ExecutionArn, problem.Kind, problem.FailedAttempts));

        // The clock passes the moment at which it is due on its way.
        Assert.InRange(problem.Since!.Value, fixture.Clock.GetUtcNow() - TimeSpan.FromSeconds(1), fixture.Clock.GetUtcNow());
        Assert.True(problem.NextAttempt > problem.Since);
        Assert.NotEmpty(problem.Reason);
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), new Stop(fixture.Now, "Enough", "It hangs."), Cancellation));
        ExecutionRecord ended = (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!;
        Assert.Equal((ExecutionStatus.Aborted, "Enough", "It hangs."), (ended.Status, ended.Error, ended.Cause));
        HistoryPage history = await fixture.Host.HistoryAsync(Requests.Arn("a"), null, 1000, reverse: false, Cancellation);
        Assert.Equal(Enumerable.Range(1, history.Count).Select(id => (long)id), history.Select(entry => entry.Id));
        Assert.Equal(HistoryEventType.ExecutionAborted, history[^1].Type);
        Assert.Empty(fixture.Local.Problems.All(9));
        Assert.False(await fixture.Host.SignalAsync(Requests.Arn("a"), new Stop(fixture.Now, null, null), Cancellation));
    }

    [Fact]
    public async Task Suspended_TimeIsUp_TimesOut()
    {
        await using LocalHostFixture fixture = await SuspendedAsync();
        Task<ExecutionRecord?> end = fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);
        await fixture.MoveUntilAsync(end, TimeSpan.FromMinutes(6));

        Assert.Equal(ExecutionStatus.TimedOut, (await end)!.Status);
    }

    [Fact]
    public async Task Suspended_StartedAgain_ReportsThatItExists()
    {
        await using LocalHostFixture fixture = await SuspendedAsync();
        StartOutcome again = await fixture.Host.StartAsync(Requests.Of(fixture, "a", Definition), Cancellation);
        Assert.Equal((false, ExecutionStatus.Running), (again.Created, again.Execution.Status));
    }

    [Fact]
    public async Task Suspended_RepairedWhileTheServerRuns_Continues()
    {
        await using LocalHostFixture fixture = await SuspendedAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => fixture.Host.SignalAsync(Requests.Arn("a"), new Redrive(fixture.Now), Cancellation));
        Execute(fixture, "DELETE FROM snapshots");
        Task<ExecutionRecord?> end = fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);
        await fixture.MoveUntilAsync(end, TimeSpan.FromMinutes(6));

        Assert.Equal(ExecutionStatus.Succeeded, (await end)!.Status);
        Assert.Empty(fixture.Local.Problems.All(9));
    }

    [Fact]
    public async Task Suspended_RetriedByHand_IsTriedAtOnce()
    {
        await using LocalHostFixture fixture = await SuspendedAsync();
        Assert.True(await fixture.Local.RetryAsync(Requests.Arn("a"), Cancellation));
        Assert.Equal(2, Assert.Single(fixture.Local.Problems.Of(Requests.Arn("a"))).FailedAttempts);

        Execute(fixture, "DELETE FROM snapshots");
        Assert.True(await fixture.Local.RetryAsync(Requests.Arn("a"), Cancellation));

        Assert.Empty(fixture.Local.Problems.All(9));
        Assert.Equal(ExecutionStatus.Succeeded, (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!.Status);
        Assert.False(await fixture.Local.RetryAsync(Requests.Arn("a"), Cancellation));
    }

    private static async Task<LocalHostFixture> SuspendedAsync()
    {
        var fixture = new LocalHostFixture { SnapshotInterval = 1 };
        fixture.Tasks.On("step", _ => new TaskCompleted(JsonObject.Empty));
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Definition), Cancellation);
        while ((await fixture.Host.HistoryAsync(Requests.Arn("a"), null, 1000, reverse: false, Cancellation))[^1].Type != HistoryEventType.WaitStateEntered)
        {
            await Task.Delay(10, Cancellation);
        }

        await fixture.CloseAsync();
        Execute(fixture, "UPDATE snapshots SET data=x'0100027B7D'");
        fixture.Open(null);
        fixture.Clock.Advance(TimeSpan.FromSeconds(61));
        while (fixture.Local.Problems.Count(ExecutionProblemKind.Suspended) == 0)
        {
            await Task.Delay(10, Cancellation);
        }

        return fixture;
    }

    private static void Execute(LocalHostFixture fixture, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(fixture.Folder, "stepflow.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
