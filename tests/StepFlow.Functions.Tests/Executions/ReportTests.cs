using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Functions.Executions;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Functions.Tests.Executions;

/// <summary>The lines that the portal's workbook and the alerts parse.</summary>
public sealed partial class ReportTests
{
    private const string Machine = "arn:aws:states:us-east-1:123456789012:stateMachine:M";
    private const string Arn = "arn:aws:states:us-east-1:123456789012:execution:M:e";

    [Fact]
    public void ExecutionReports_OfAFailure_HaveStartAndEnd()
    {
        var lines = new Lines<ExecutionReports>();
        new ExecutionReports(lines).Observe(Record(), Events());

        Assert.Equal(
            [
                $"execution-started machine={Machine} execution={Arn}",
                $"execution-ended status=FAILED machine={Machine} execution={Arn} durationMs=6000 error=Broken",
            ],
            lines.Texts);
    }

    [Fact]
    public void FailureReports_OfAHistory_NameTheStateOfEachFailure()
    {
        var lines = new Lines<FailureReports>();
        new WholeHistories([new FailureReports(lines)]).Observe(Record(), Events());

        Assert.Equal([$"task-failed machine={Machine} execution={Arn} error=Broken state=Transcode it"], lines.Texts);
    }

    [Fact]
    public void Workbook_Queries_ParseTheLinesAsTheyAreWritten()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "StepFlow.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        string workbook = File.ReadAllText(Path.Combine(root, "infra", "workbook.json"));
        string[] known = ["status=", " machine=", " execution=", " durationMs=", " error=", " state=", "machine="];
        Assert.All(ParsedParts().Matches(workbook), match => Assert.Contains(match.Groups[1].Value, known));
        Assert.Contains("execution-ended", workbook, StringComparison.Ordinal);
        Assert.Contains("task-failed", workbook, StringComparison.Ordinal);
    }

    [GeneratedRegex("""\\"([ \w]+=)\\" """)]
    private static partial Regex ParsedParts();

    private static ExecutionRecord Record() => new()
    {
        Request = new(new()
        {
            ExecutionArn = Arn,
            Name = "e",
            StateMachineArn = Machine,
            StateMachineName = "M",
            RoleArn = "arn:aws:iam::123456789012:role/r",
            Input = JsonObject.Empty,
            StartTime = At(0),
        }, "{}"),
        Status = ExecutionStatus.Failed,
    };

    private static HistoryEvent[] Events() =>
    [
        Event(1, 0, HistoryEventType.ExecutionStarted, new ExecutionStartedDetails(JsonObject.Empty, "role")),
        Event(2, 0, HistoryEventType.TaskStateEntered, new StateEnteredDetails("Transcode it", JsonObject.Empty)),
        Event(3, 2, HistoryEventType.TaskScheduled, null),
        Event(4, 3, HistoryEventType.TaskStarted, null),
        Event(5, 4, HistoryEventType.TaskFailed, new TaskFailureDetails("lambda", "invoke", "Broken", "a secret")),
        Event(6, 5, HistoryEventType.ExecutionFailed, new FailureDetails("Broken", "a secret")),
    ];

    private static HistoryEvent Event(long id, long previous, HistoryEventType type, EventDetails? details) =>
        new() { Id = id, PreviousEventId = previous, Timestamp = At(id), Type = type, Details = details };

    private static DateTimeOffset At(long second) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(second);

    private sealed class Lines<T> : ILogger<T>
    {
        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Texts.Add(formatter(state, exception));
    }
}
