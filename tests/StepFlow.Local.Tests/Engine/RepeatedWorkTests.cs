using System.Diagnostics.Metrics;
using StepFlow.Execution;
using StepFlow.Execution.Signals;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Problems;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Local.Tests.Engine;

/// <summary>Tasks and Map Runs that are repeated because of an outage: people see it, and can have it tried at once.</summary>
public sealed class RepeatedWorkTests
{
    private static readonly string Call = $$"""
        {"StartAt":"Call","States":{"Call":{"Type":"Task","Resource":"{{Requests.Function("call")}}","TimeoutSeconds":600,"End":true} } }
        """;

    private const string Map = """
        {"StartAt":"Each","States":{"Each":{"Type":"Map","ItemsPath":"$.items","End":true,"ItemProcessor":{
          "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true} } } } } }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outage_OfATask_IsReported()
    {
        await using var fixture = new LocalHostFixture();
        bool isDown = true;
        fixture.Tasks.On("call", _ => isDown ? throw new IOException("No connection.") : new TaskCompleted(JsonObject.Empty));
        await fixture.StartAsync();
        DateTimeOffset began = fixture.Clock.GetUtcNow();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Call), Cancellation);

        ExecutionProblem first = await ProblemAsync(fixture, attempts: 1);
        Assert.Equal((ExecutionProblemKind.TaskRepeated, "Call", "No connection."), (first.Kind, first.StateName, first.Reason));
        Assert.Equal((began, began.AddSeconds(1)), (first.Since, first.NextAttempt));
        Assert.Equal(1, Measure(fixture, "RepeatedTaskCount"));

        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        ExecutionProblem second = await ProblemAsync(fixture, attempts: 2);
        Assert.Equal((began, began.AddSeconds(3)), (second.Since, second.NextAttempt));

        isDown = false;
        Assert.True(await fixture.Local.RetryAsync(Requests.Arn("a"), Cancellation));
        Assert.Equal(ExecutionStatus.Succeeded, (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!.Status);
        Assert.Empty(fixture.Local.Problems.All(9));
        Assert.Equal(0, Measure(fixture, "RepeatedTaskCount"));
        Assert.Equal(3, fixture.Tasks.CallsTo("call"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Outage_OfATaskThatIsNoLongerAwaited_IsNoLongerReported(bool isStopped)
    {
        await using var fixture = new LocalHostFixture();
        fixture.Tasks.On("call", _ => throw new IOException("No connection."));
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Call), Cancellation);
        await ProblemAsync(fixture, attempts: 1);
        Task<ExecutionRecord?> end = fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);

        if (isStopped)
        {
            await fixture.Host.SignalAsync(Requests.Arn("a"), new Stop(fixture.Now, null, null), Cancellation);
        }
        else
        {
            fixture.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        await end;
        Assert.Empty(fixture.Local.Problems.All(9));
    }

    [Fact]
    public async Task Disk_FullWhileAMapRunStartsChildren_DelaysItOnly()
    {
        await using var fixture = new LocalHostFixture();
        var disk = new FullDisk();
        fixture.Open(disk);
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Tasks.On("call", _ =>
        {
            disk.IsFull = true;
            full.SetResult();
            return new TaskCompleted(JsonValue.Parse("""{"items":[1,2,3]}"""));
        });
        var machine = (JsonObject)JsonValue.Parse(Map);
        var call = JsonObject.Create(("Type", "Task"), ("Resource", Requests.Function("call")), ("Next", "Each"));
        string definition = machine.With("StartAt", "Call").With("States", ((JsonObject)machine["States"]!).With("Call", call)).ToString();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", definition), Cancellation);
        Task<ExecutionRecord?> end = fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);
        await full.Task.WaitAsync(Cancellation);
        await Assert.ThrowsAnyAsync<TaskOutageException>(() => fixture.Host.StartAsync(Requests.Of(fixture, "b", Call), Cancellation));

        disk.IsFull = false;
        while (!end.IsCompleted)
        {
            fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(end, Task.Delay(10, Cancellation));
        }

        Assert.Equal((ExecutionStatus.Succeeded, "[1,2,3]"), ((await end)!.Status, (await end)!.Output!.ToString()));
        Assert.Empty(fixture.Local.Problems.All(9));
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task MapRun_ThatFailsInTheHost_IsReportedAndRepeated(Type failure)
    {
        bool isBroken = true;
        await using var fixture = new LocalHostFixture
        {
            MapRunControl = (_, settings) => isBroken ? throw (Exception)Activator.CreateInstance(failure, "A bug.")! : new(settings),
        };
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Map, JsonValue.Parse("""{"items":[1]}""")), Cancellation);

        ExecutionProblem problem = await ProblemAsync(fixture, attempts: 1);
        Assert.Equal((ExecutionProblemKind.MapRunRepeated, "Each", "A bug."), (problem.Kind, problem.StateName, problem.Reason));
        Assert.Equal(1, Measure(fixture, "RepeatedMapRunCount"));

        isBroken = false;
        Assert.True(await fixture.Local.RetryAsync(Requests.Arn("a"), Cancellation));
        Assert.Equal("[1]", (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!.Output!.ToString());
        Assert.Empty(fixture.Local.Problems.All(9));
    }

    private static async Task<ExecutionProblem> ProblemAsync(LocalHostFixture fixture, int attempts)
    {
        while (true)
        {
            if (fixture.Local.Problems.Of(Requests.Arn("a")) is [{ FailedAttempts: var failed } problem] && failed == attempts)
            {
                return problem;
            }

            await Task.Delay(10, Cancellation);
        }
    }

    private static long Measure(LocalHostFixture fixture, string name)
    {
        long measured = -1;
        using var listener = new MeterListener();
        using var metrics = new ProblemMetrics(fixture.Local.Problems);
        listener.InstrumentPublished = (instrument, current) =>
        {
            if (instrument.Name == name && instrument.Meter.Scope == fixture.Local.Problems)
            {
                current.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => measured = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}
