using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Functions.Tests.Express;

/// <summary>What is written down of an Express execution is all there is of it afterwards.</summary>
public sealed class ExpressTelemetryTests(AzuriteFixture azurite)
{
    private const string Work = """
        {"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:work","End":true}}}
        """;

    private readonly string _machine = "M" + Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Execution_ThatFails_IsLoggedReportedMeasuredAndTraced(bool isSynchronous)
    {
        var lines = new LogLines();
        using var metrics = new Counts(_machine);
        using var spans = new Spans();
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(
            azurite, configure: services => services.AddLogging(logging => logging.AddProvider(lines)));
        fixture.Tasks.On("work", _ => new TaskRejected("No", "because"));
        await CreateAsync(fixture);

        string arn = await RunAsync(fixture, isSynchronous);

        string machine = ServiceFixture.MachineArn(_machine);
        Assert.Equal(
            [
                $"execution-started machine={machine} execution={arn}",
                $"execution-ended status=FAILED machine={machine} execution={arn} durationMs=0 error=No",
                $"task-failed machine={machine} execution={arn} error=No state=Work",
            ],
            lines.Of("StepFlow.Functions.Executions").Where(line => line.Contains(arn, StringComparison.Ordinal)));
        string[] logged = [.. lines.Of(LoggerSink.Category).Where(line => line.Contains(arn, StringComparison.Ordinal))];
        Assert.Equal(["ExecutionStarted", "TaskStateEntered", "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionFailed", "ExecutionFailed"], logged.Select(TypeOf));
        Assert.Contains("because", logged[^1], StringComparison.Ordinal);
        Assert.Equal(["ExecutionsFailed", "ExecutionsStarted"], metrics.Names);
        Assert.Equal(["Work", _machine], spans.Of(arn));
    }

    private static string TypeOf(string line) => line.Split('"')[Array.IndexOf(line.Split('"'), "type") + 2];

    private Task<JsonObject> CreateAsync(ServiceFixture fixture) => fixture.CallAsync(
        "CreateStateMachine",
        ("name", _machine),
        ("definition", Work),
        ("type", "EXPRESS"),
        ("roleArn", "arn:aws:iam::123456789012:role/test"),
        ("loggingConfiguration", JsonValue.Parse(
            """{"level":"ALL","includeExecutionData":true,"destinations":[{"cloudWatchLogsLogGroup":{"logGroupArn":"arn:aws:logs:us-east-1:123456789012:log-group:g:*"}}]}"""u8)));

    private async Task<string> RunAsync(ServiceFixture fixture, bool isSynchronous)
    {
        string operation = isSynchronous ? "StartSyncExecution" : "StartExecution";
        JsonObject started = await fixture.CallAsync(operation, ("stateMachineArn", ServiceFixture.MachineArn(_machine)));
        if (!isSynchronous)
        {
            await new QueueHost(fixture, azurite.ConnectionString).DeliverAsync(TestContext.Current.CancellationToken);
        }

        return ((JsonString)started["executionArn"]!).Value;
    }

    /// <summary>The counters of executions of one machine.</summary>
    private sealed class Counts : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<string> _names = [];

        public Counts(string machine)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == ExecutionMetrics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
            {
                foreach (KeyValuePair<string, object?> tag in tags)
                {
                    if (tag.Value is string value && value.EndsWith(machine, StringComparison.Ordinal))
                    {
                        _names.Enqueue(instrument.Name);
                    }
                }
            });
            _listener.Start();
        }

        public IEnumerable<string> Names => _names.Order(StringComparer.Ordinal);

        public void Dispose() => _listener.Dispose();
    }

    /// <summary>The spans that ended.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ActivityListener _listener;
        private readonly ConcurrentQueue<Activity> _ended = [];

        public Spans()
        {
            _listener = new()
            {
                ShouldListenTo = source => source.Name == ExecutionTraces.SourceName,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IEnumerable<string> Of(string executionArn)
        {
            ActivityTraceId trace = _ended.Single(span => Equals(span.GetTagItem("aws.stepfunctions.execution_arn"), executionArn)).TraceId;
            return _ended.Where(span => span.TraceId == trace).Select(span => span.OperationName);
        }

        public void Dispose() => _listener.Dispose();
    }
}
