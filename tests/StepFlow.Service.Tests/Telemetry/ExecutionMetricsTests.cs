using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Telemetry;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Telemetry;

/// <summary>Metrics under the names of Step Functions, and the trace of an execution.</summary>
public sealed class ExecutionMetricsTests
{
    private const string Definition = """
        {"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"echo"},"Next":"Done"},"Done":{"Type":"Succeed"}}}
        """;

    [Fact]
    public async Task Metrics_OfAnExecution_HaveTheServicesNames()
    {
        using var metrics = new ExecutionMetrics();
        var test = new TestService(observer: metrics);
        string machine = await test.CreateAsync("metrics-" + Guid.NewGuid().ToString("N"), Definition);
        var seen = new ConcurrentQueue<string>();
        using MeterListener listener = Listen((name, tag, _) =>
        {
            if (tag == machine)
            {
                seen.Enqueue(name);
            }
        });

        string execution = await test.StartAsync(machine);
        await test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);

        Assert.Equal(["ExecutionsStarted", "ExecutionsSucceeded", "ExecutionTime"], seen);
    }

    [Theory]
    [InlineData("arn:aws:lambda:us-east-1:123456789012:function:ID", "LambdaFunction", "LambdaFunctions")]
    [InlineData("arn:aws:states:::ID:call", "ServiceIntegration", "ServiceIntegrations")]
    [InlineData("arn:aws:states:us-east-1:123456789012:activity:ID", "Activity", "Activities")]
    public void Metrics_OfATask_HaveTheServicesNames(string pattern, string singular, string plural)
    {
        using var metrics = new ExecutionMetrics();
        string resource = pattern.Replace("ID", "r" + Guid.NewGuid().ToString("N"), StringComparison.Ordinal);
        var seen = new ConcurrentQueue<string>();
        using MeterListener listener = Listen((name, tag, _) =>
        {
            if (tag == resource)
            {
                seen.Enqueue(name);
            }
        });

        foreach (string end in (string[])["Succeeded", "Failed", "TimedOut"])
        {
            metrics.Observe(Record(), Events(resource, end));
        }

        string[] began = [$"{plural}Scheduled", $"{plural}Started", $"{singular}ScheduleTime"];
        string[] times = [$"{singular}Time", $"{singular}RunTime"];
        Assert.Equal(
            [.. began, $"{plural}Succeeded", .. times, .. began, $"{plural}Failed", .. times, .. began, $"{plural}TimedOut", .. times],
            seen);
    }

    /// <summary>A host on which several processes store an execution's events reports each event once, by the process that stored it.</summary>
    [Fact]
    public void Tracker_OfEventsThatWereReportedBefore_ReportsOnlyTheNewOnes()
    {
        using var metrics = new ExecutionMetrics();
        string resource = "arn:aws:lambda:us-east-1:123456789012:function:r" + Guid.NewGuid().ToString("N");
        var seen = new ConcurrentQueue<(string, double)>();
        using MeterListener listener = Listen((name, tag, value) =>
        {
            if (tag == resource)
            {
                seen.Enqueue((name, value));
            }
        });
        HistoryEvent[] events = Events(resource, "Succeeded");

        Assert.False(metrics.Concerns(events[..1]));
        Assert.True(metrics.Concerns(events[2..]));
        IExecutionTracker tracker = metrics.Track(Record());
        foreach (HistoryEvent item in events)
        {
            tracker.Observe(item, isNew: item.Id == 3);
        }

        Assert.Equal([("LambdaFunctionsSucceeded", 1), ("LambdaFunctionTime", 2000), ("LambdaFunctionRunTime", 1000)], seen);
    }

    [Theory]
    [InlineData(HistoryEventType.MapRunSucceeded)]
    [InlineData(HistoryEventType.MapRunFailed)]
    [InlineData(HistoryEventType.MapRunAborted)]
    [InlineData(HistoryEventType.ExecutionTimedOut)]
    public void OpenMapRuns_AfterTheirEnd_AreNone(HistoryEventType end)
    {
        using var metrics = new ExecutionMetrics();
        ExecutionRecord execution = Record();
        var counts = new ConcurrentQueue<double>();
        using MeterListener listener = Listen((name, tag, value) =>
        {
            if (name == ExecutionMetrics.OpenMapRuns && tag == execution.Start.StateMachineArn)
            {
                counts.Enqueue(value);
            }
        });

        metrics.Observe(execution, [Event(1, HistoryEventType.MapRunStarted, new MapRunStartedDetails("run")), Event(2, end, null)]);

        Assert.Equal([1, -1], counts);
    }

    private static ExecutionRecord Record()
    {
        string machine = "arn:aws:states:us-east-1:123456789012:stateMachine:" + Guid.NewGuid().ToString("N");
        return new()
        {
            Request = new(
                new()
                {
                    ExecutionArn = machine + ":run",
                    Name = "run",
                    StateMachineArn = machine,
                    StateMachineName = "m",
                    RoleArn = TestService.Role,
                    Input = JsonObject.Empty,
                    StartTime = DateTimeOffset.UnixEpoch,
                },
                Definition),
            Status = ExecutionStatus.Running,
        };
    }

    /// <summary>The events of a task of a resource, one second apart.</summary>
    private static HistoryEvent[] Events(string resource, string end)
    {
        string stem = resource.Contains(":lambda:", StringComparison.Ordinal) ? "LambdaFunction" : resource.Contains(":activity:", StringComparison.Ordinal) ? "Activity" : "Task";
        EventDetails scheduled = stem switch
        {
            "LambdaFunction" => new LambdaFunctionScheduledDetails(resource, JsonObject.Empty),
            "Activity" => new ActivityScheduledDetails(resource, JsonObject.Empty),
            _ => new TaskScheduledDetails(resource.Split(':')[^2], "call", "us-east-1", JsonObject.Empty),
        };
        return [Event(1, Type("Scheduled"), scheduled), Event(2, Type("Started"), null), Event(3, Type(end), null)];

        HistoryEventType Type(string kind) => Enum.Parse<HistoryEventType>(stem + kind);
    }

    private static HistoryEvent Event(long id, HistoryEventType type, EventDetails? details) => new()
    {
        Id = id,
        PreviousEventId = id - 1,
        Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(id),
        Type = type,
        Details = details,
    };

    /// <summary>Other tests may run at the same time: only what bears a tag of one's own counts.</summary>
    private static MeterListener Listen(Action<string, string, double> note)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, current) =>
            {
                if (instrument.Meter.Name == ExecutionMetrics.MeterName)
                {
                    current.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        return listener;

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                note(instrument.Name, tag.Value as string ?? string.Empty, value);
            }
        }
    }

    [Fact]
    public async Task Trace_OfAnExecution_HasASpanForEachState()
    {
        using var traces = new ExecutionTraces();
        string name = "traced-" + Guid.NewGuid().ToString("N");
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ExecutionTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var test = new TestService(observer: traces);
        string execution = await test.StartAsync(await test.CreateAsync(name, Definition));
        await test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);

        Activity root = Assert.Single(spans, span => span.DisplayName == name);
        string[] states = [.. spans.Where(span => span.ParentSpanId == root.SpanId).Select(span => span.DisplayName)];

        Assert.Equal(["Work", "Done"], states);
        Assert.Contains(root.TraceId.ToHexString(), ExecutionTraces.TraceParent(execution, "task"), StringComparison.Ordinal);
    }
}
