using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Local.Engine;
using StepFlow.Local.Journal;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Tests.Engine;

/// <summary>An expression that never ends costs its execution, and not the calls that start or continue the execution.</summary>
public class LongTurnTests
{
    private const string Endless = "($f := function($x){ $f($x+1) }; $f(1))";

    private static readonly string AtTheStart = Machine($$"""{"StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% {{Endless}} %}","End":true} } }""");

    private static readonly string AfterATask = Machine($$"""
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{Requests.Function("step")}}","Next":"A"},"A":{"Type":"Pass","Output":"{% {{Endless}} %}","End":true} } }
        """);

    private static readonly string AfterARedrive = Machine($$"""
        {"StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $states.context.Execution.RedriveCount = 0 ? $error('no') : {{Endless}} %}","End":true} } }
        """);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_EndlessExpression_ReturnsWhenTheStartIsRecorded()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        StartOutcome started = await fixture.Host.StartAsync(Requests.Of(fixture, "a", AtTheStart), Cancellation);
        Assert.Equal((true, ExecutionStatus.Running, 1L), (started.Created, started.Execution.Status, started.Execution.EventCount));
        await EndsAsync(fixture, HistoryEventType.ExecutionStarted, HistoryEventType.PassStateEntered, HistoryEventType.EvaluationFailed, HistoryEventType.ExecutionFailed);
    }

    [Fact]
    public async Task Start_CrashAfterIt_Continues()
    {
        await using var fixture = new LocalHostFixture { Time = TimeProvider.System };
        var probe = new CommitProbe(1, before: false);
        fixture.Open(probe);
        _ = fixture.Host.StartAsync(Requests.Of(fixture, "a", AtTheStart), Cancellation);
        await probe.Struck.Task.WaitAsync(Cancellation);
        await fixture.CloseAsync();
        Assert.Equal((ExecutionStatus.Running, 1), await StoredAsync(fixture));
        fixture.Open(null);
        await EndsAsync(fixture, HistoryEventType.ExecutionStarted, HistoryEventType.PassStateEntered, HistoryEventType.EvaluationFailed, HistoryEventType.ExecutionFailed);
    }

    [Fact]
    public async Task Signal_EndlessExpressionAfterIt_IsTakenOnce()
    {
        await using var fixture = new LocalHostFixture();
        fixture.Tasks.On("step", static _ => new TaskAccepted(JsonObject.Empty));
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", AfterATask), Cancellation);
        var signal = new TaskSucceeded(fixture.Now, "task-1", "done");
        bool[] taken = await Task.WhenAll(fixture.Host.SignalAsync(Requests.Arn("a"), signal, Cancellation), fixture.Host.SignalAsync(Requests.Arn("a"), signal, Cancellation));
        Assert.Equal([true, false], taken);
        await EndsAsync(
            fixture,
            HistoryEventType.ExecutionStarted,
            HistoryEventType.TaskStateEntered,
            HistoryEventType.LambdaFunctionScheduled,
            HistoryEventType.LambdaFunctionStarted,
            HistoryEventType.LambdaFunctionSucceeded,
            HistoryEventType.TaskStateExited,
            HistoryEventType.PassStateEntered,
            HistoryEventType.EvaluationFailed,
            HistoryEventType.ExecutionFailed);
    }

    [Fact]
    public async Task Redrive_CrashBeforeItsTurnIsStored_Continues()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", AfterARedrive), Cancellation);
        Assert.Equal(ExecutionStatus.Failed, (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!.Status);
        await fixture.CloseAsync();
        var probe = new CommitProbe(1, before: false);
        fixture.Open(probe);
        _ = fixture.Host.SignalAsync(Requests.Arn("a"), new Redrive(fixture.Now), Cancellation);
        await probe.Struck.Task.WaitAsync(Cancellation);
        await fixture.CloseAsync();

        // The redrive is stored, and no event of its turn.
        Assert.Equal((ExecutionStatus.Running, 4), await StoredAsync(fixture));
        fixture.Open(null);
        await EndsAsync(
            fixture,
            HistoryEventType.ExecutionStarted,
            HistoryEventType.PassStateEntered,
            HistoryEventType.EvaluationFailed,
            HistoryEventType.ExecutionFailed,
            HistoryEventType.ExecutionRedriven,
            HistoryEventType.PassStateEntered,
            HistoryEventType.EvaluationFailed,
            HistoryEventType.ExecutionFailed);
        Assert.Equal(1, (await fixture.Host.FindAsync(Requests.Arn("a"), Cancellation))!.RedriveCount);

        // The stored signal of the past means nothing any more.
        await fixture.RestartAsync();
        Assert.True(await fixture.Host.SignalAsync(Requests.Arn("a"), new Redrive(fixture.Now), Cancellation));
        Assert.Equal(2, (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!.RedriveCount);
    }

    [Fact]
    public async Task Load_AfterALongTurn_DoesNotRepeatIt()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", AtTheStart), Cancellation);
        await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);
        await fixture.CloseAsync();
        using JournalFile file = JournalFile.Open(new JournalOptions { Folder = fixture.Folder });
        using var readers = new JournalReaders(file);
        ResidentExecution? loaded = readers.Read(reader => ExecutionLoader.Load(
            reader, reader.Definition, static (text, isExpress) => new(0, text, [], [], isExpress), Requests.Arn("a"), new PendingWork()));
        Assert.Equal((ExecutionStatus.Failed, 4L, 0L), (loaded!.Workflow.Status, loaded.Workflow.EventCount, loaded.StepsSinceSnapshot));
    }

    private static string Machine(string definition) => definition.Replace("{\"StartAt\"", "{\"QueryLanguage\":\"JSONata\",\"StartAt\"", StringComparison.Ordinal);

    private static async Task EndsAsync(LocalHostFixture fixture, params HistoryEventType[] history)
    {
        ExecutionRecord? ended = await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);
        Assert.Equal((ExecutionStatus.Failed, ErrorNames.QueryEvaluationError), (ended!.Status, ended.Error));
        HistoryPage page = await fixture.Host.HistoryAsync(Requests.Arn("a"), null, int.MaxValue, reverse: false, Cancellation);
        Assert.Equal(history, page.Select(static entry => entry.Type));
        Assert.Equal(Enumerable.Range(1, history.Length).Select(static id => (long)id), page.Select(static entry => entry.Id));
    }

    /// <summary>What the data folder holds, before an execution of it is continued.</summary>
    private static async Task<(ExecutionStatus Status, int Events)> StoredAsync(LocalHostFixture fixture)
    {
        await using LocalHost host = LocalHost.Open(
            new LocalHostOptions { Journal = new JournalOptions { Folder = fixture.Folder } }, TimeProvider.System, NullLogger.Instance);
        ExecutionRecord? found = await host.FindAsync(Requests.Arn("a"), Cancellation);
        HistoryPage page = await host.HistoryAsync(Requests.Arn("a"), null, int.MaxValue, reverse: false, Cancellation);
        return (found!.Status, page.Count);
    }
}
