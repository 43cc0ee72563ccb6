using StepFlow.Language.Json;
using StepFlow.Runtime.Telemetry;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Telemetry;

/// <summary>Execution logs at each level, with and without data.</summary>
public sealed class ExecutionLogTests
{
    private const string Definition = """{"StartAt":"Pass","States":{"Pass":{"Type":"Pass","Next":"Fail"},"Fail":{"Type":"Fail","Error":"E","Cause":"C"}}}""";

    [Theory]
    [InlineData("ALL", "ExecutionStarted PassStateEntered PassStateExited FailStateEntered ExecutionFailed")]
    [InlineData("ERROR", "FailStateEntered ExecutionFailed")]
    [InlineData("FATAL", "ExecutionFailed")]
    [InlineData("OFF", "")]
    public async Task Log_OfALevel_ContainsItsEvents(string level, string events)
    {
        List<ExecutionLogEntry> entries = await RunAsync(level, withData: true);

        Assert.Equal(events, string.Join(' ', entries.Select(entry => TestService.Text(entry.Record, "type"))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Log_Data_IsThereAsConfigured(bool withData)
    {
        List<ExecutionLogEntry> entries = await RunAsync("ALL", withData);

        Assert.Equal(withData, entries.Any(entry => entry.Record.ToString().Contains("secret", StringComparison.Ordinal)));
        Assert.All(entries, entry => Assert.Equal("arn:aws:logs:us-east-1:123456789012:log-group:g:*", entry.LogGroupArn));
    }

    private static async Task<List<ExecutionLogEntry>> RunAsync(string level, bool withData)
    {
        var sink = new ListSink();
        var test = new TestService(observer: new ExecutionLogs(sink));
        JsonObject logging = JsonObject.Create(
            ("level", level),
            ("includeExecutionData", withData),
            ("destinations", JsonValue.Parse("""[{"cloudWatchLogsLogGroup":{"logGroupArn":"arn:aws:logs:us-east-1:123456789012:log-group:g:*"}}]""")));
        JsonObject created = await test.CallAsync("CreateStateMachine", ("name", "m"), ("definition", Definition), ("roleArn", TestService.Role), ("loggingConfiguration", logging));
        string execution = await test.StartAsync(TestService.Text(created, "stateMachineArn"), """{"secret":1}""");
        await test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);
        return sink.Entries;
    }

    private sealed class ListSink : IExecutionLogSink
    {
        public List<ExecutionLogEntry> Entries { get; } = [];

        public void Write(ExecutionLogEntry entry) => Entries.Add(entry);
    }
}
