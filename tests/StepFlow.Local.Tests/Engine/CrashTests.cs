using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Tests.Engine;

/// <summary>A crash at every commit, before it and after it, and what is made of it after the next start.</summary>
public class CrashTests
{
    /// <summary>As many as one run can need; how many share a commit differs from run to run.</summary>
    private const int Commits = 7;

    private static readonly string Definition = $$"""
        {"StartAt":"First","States":{
          "First":{"Type":"Task","Resource":"{{Requests.Function("step")}}","Next":"Both"},
          "Both":{"Type":"Parallel","Next":"Pause","Branches":[
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"{{Requests.Function("step")}}","End":true} } },
            {"StartAt":"B","States":{"B":{"Type":"Task","Resource":"{{Requests.Function("step")}}","End":true} } }]},
          "Pause":{"Type":"Wait","Seconds":60,"Next":"Last"},
          "Last":{"Type":"Task","Resource":"{{Requests.Function("step")}}","Next":"End"},
          "End":{"Type":"Succeed"} } }
        """;

    public static TheoryData<int, bool> CrashPoints()
    {
        var points = new TheoryData<int, bool>();
        for (int commit = 1; commit <= Commits; commit++)
        {
            points.Add(commit, true);
            points.Add(commit, false);
        }

        return points;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CrashPoints))]
    public async Task Crash_AtAnyCommit_LosesNothingAcknowledgedAndRecordsNothingTwice(int commit, bool before)
    {
        await using var fixture = new LocalHostFixture { SnapshotInterval = 2 };
        fixture.Tasks.On("step", call => new TaskCompleted(call.StateName));
        var probe = new CommitProbe(commit, before);
        fixture.Open(probe);
        Task<StartOutcome> start = fixture.Host.StartAsync(Requests.Of(fixture, "a", Definition), Cancellation);
        await fixture.MoveUntilAsync(Task.WhenAny(probe.Struck.Task, EndAsync(fixture)), TimeSpan.FromSeconds(10));
        bool acknowledged = start.IsCompletedSuccessfully;
        await fixture.RestartAsync();

        ExecutionRecord? found = await fixture.Host.FindAsync(Requests.Arn("a"), Cancellation);
        Assert.True(found is not null || !acknowledged, "An acknowledged start was lost.");
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Definition), Cancellation);
        Task<ExecutionRecord?> end = fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);
        await fixture.MoveUntilAsync(end, TimeSpan.FromSeconds(10));

        Assert.Equal(ExecutionStatus.Succeeded, (await end)!.Status);
        HistoryPage history = await fixture.Host.HistoryAsync(Requests.Arn("a"), null, int.MaxValue, reverse: false, Cancellation);
        Assert.Equal(Enumerable.Range(1, history.Count).Select(id => (long)id), history.Select(entry => entry.Id));
        Assert.Equal(4, history.Count(entry => entry.Type == HistoryEventType.LambdaFunctionSucceeded));
        Assert.Equal(1, history.Count(entry => entry.Type == HistoryEventType.ExecutionSucceeded));
        Assert.Equal(4, fixture.Tasks.Calls.Select(call => call.IdempotencyKey).Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Commit_FailsOnce_ContinuesFromWhatIsStored(int commit)
    {
        await using var fixture = new LocalHostFixture();
        fixture.Tasks.On("step", call => new TaskCompleted(call.StateName));
        var probe = new CommitProbe(commit, before: true, new IOException("The disk is gone."));
        fixture.Open(probe);
        Task<StartOutcome> start = fixture.Host.StartAsync(Requests.Of(fixture, "a", Definition), Cancellation);
        if (commit == 1)
        {
            await Assert.ThrowsAsync<IOException>(() => start);
            await fixture.Host.StartAsync(Requests.Of(fixture, "a", Definition), Cancellation);
        }

        await start.ContinueWith(static _ => { }, TaskScheduler.Default);
        Task<ExecutionRecord?> end = fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);
        await fixture.MoveUntilAsync(end, TimeSpan.FromSeconds(10));
        Assert.Equal(ExecutionStatus.Succeeded, (await end)!.Status);
        HistoryPage history = await fixture.Host.HistoryAsync(Requests.Arn("a"), null, int.MaxValue, reverse: false, Cancellation);
        Assert.Equal(Enumerable.Range(1, history.Count).Select(id => (long)id), history.Select(entry => entry.Id));
        Assert.Equal(4, history.Count(entry => entry.Type == HistoryEventType.LambdaFunctionSucceeded));
    }

    private static async Task EndAsync(LocalHostFixture fixture)
    {
        ExecutionRecord? ended = null;
        while (ended is not { Status: ExecutionStatus.Succeeded })
        {
            await Task.Delay(20, Cancellation);
            try
            {
                ended = await fixture.Host.FindAsync(Requests.Arn("a"), Cancellation);
            }
            catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }
}
