using System.Buffers;
using System.Text;
using System.Text.Json;
using StepFlow.Execution.History;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Tests;

/// <summary>Events as JSON: the wire shape of GetExecutionHistory, and back.</summary>
public sealed class HistoryEventJsonTests
{
    private static readonly JsonValue Data = JsonValue.Parse("""{"a":[1,"é\n"],"b":1.50}""");

    public static TheoryData<HistoryEventType, EventDetails?, string> Cases => new()
    {
        { HistoryEventType.ParallelStateStarted, null, "" },
        { HistoryEventType.ExecutionStarted, new ExecutionStartedDetails(Data, "arn:role") { StateMachineAliasArn = "arn:alias", StateMachineVersionArn = "arn:version" }, "executionStartedEventDetails" },
        { HistoryEventType.ExecutionStarted, new ExecutionStartedDetails(JsonValue.Parse("[1]"), "arn:role") { InputText = "[ 1 ]" }, "executionStartedEventDetails" },
        { HistoryEventType.ExecutionSucceeded, new OutputDetails(Data), "executionSucceededEventDetails" },
        { HistoryEventType.ExecutionFailed, new FailureDetails("E", null), "executionFailedEventDetails" },
        { HistoryEventType.ExecutionAborted, new FailureDetails(null, null), "executionAbortedEventDetails" },
        { HistoryEventType.ExecutionRedriven, new ExecutionRedrivenDetails(2), "executionRedrivenEventDetails" },
        { HistoryEventType.PassStateEntered, new StateEnteredDetails("A", Data), "stateEnteredEventDetails" },
        { HistoryEventType.MapStateEntered, new StateEnteredDetails("A", JsonValue.Parse("[1]")) { InputText = "[1 ]" }, "stateEnteredEventDetails" },
        { HistoryEventType.TaskStateExited, new StateExitedDetails("A", Data, null), "stateExitedEventDetails" },
        { HistoryEventType.TaskStateExited, new StateExitedDetails("A", Data, JsonObject.Create(("x", "text"), ("y", 1))), "stateExitedEventDetails" },
        { HistoryEventType.EvaluationFailed, new EvaluationFailedDetails("A", "E", "C", "Output/v"), "evaluationFailedEventDetails" },
        { HistoryEventType.MapStateStarted, new MapStateStartedDetails(3), "mapStateStartedEventDetails" },
        { HistoryEventType.MapIterationAborted, new MapIterationDetails("M", 1), "mapIterationAbortedEventDetails" },
        { HistoryEventType.MapRunStarted, new MapRunStartedDetails("arn:run"), "mapRunStartedEventDetails" },
        { HistoryEventType.MapRunRedriven, new MapRunRedrivenDetails("arn:run", 1), "mapRunRedrivenEventDetails" },
        { HistoryEventType.TaskScheduled, new TaskScheduledDetails("sqs", "sendMessage", "us-east-1", Data) { TimeoutInSeconds = 1, HeartbeatInSeconds = 2, CredentialsRoleArn = "arn:role" }, "taskScheduledEventDetails" },
        { HistoryEventType.TaskStarted, new TaskStartedDetails("sqs", "sendMessage"), "taskStartedEventDetails" },
        { HistoryEventType.TaskSubmitted, new TaskOutputDetails("sqs", "sendMessage", Data), "taskSubmittedEventDetails" },
        { HistoryEventType.TaskSucceeded, new TaskOutputDetails("sqs", "sendMessage", Data), "taskSucceededEventDetails" },
        { HistoryEventType.TaskTimedOut, new TaskFailureDetails("sqs", "sendMessage", "States.Timeout", null), "taskTimedOutEventDetails" },
        { HistoryEventType.LambdaFunctionScheduled, new LambdaFunctionScheduledDetails("arn:f", Data) { TimeoutInSeconds = 1, CredentialsRoleArn = "arn:role" }, "lambdaFunctionScheduledEventDetails" },
        { HistoryEventType.LambdaFunctionSucceeded, new OutputDetails(JsonValue.Null), "lambdaFunctionSucceededEventDetails" },
        { HistoryEventType.LambdaFunctionFailed, new FailureDetails("E", "C"), "lambdaFunctionFailedEventDetails" },
        { HistoryEventType.ActivityScheduled, new ActivityScheduledDetails("arn:a", Data) { TimeoutInSeconds = 1, HeartbeatInSeconds = 2 }, "activityScheduledEventDetails" },
        { HistoryEventType.ActivityStarted, new ActivityStartedDetails("worker"), "activityStartedEventDetails" },
        { HistoryEventType.ActivityStarted, new ActivityStartedDetails(null), "activityStartedEventDetails" },
        { HistoryEventType.ActivitySucceeded, new OutputDetails(Data), "activitySucceededEventDetails" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void WriteThenRead_EveryShape_IsTheSame(HistoryEventType type, EventDetails? details, string member)
    {
        var written = new HistoryEvent
        {
            Id = 5,
            PreviousEventId = 4,
            Timestamp = new DateTimeOffset(2024, 3, 1, 12, 0, 0, 123, TimeSpan.Zero).AddTicks(4567),
            Type = type,
            Details = details,
        };

        string json = Write(written);
        HistoryEvent read = HistoryEventJson.Read(JsonValue.Parse(json));

        Assert.Equal(details, read.Details);
        Assert.Equal((5, 4, written.Timestamp, type), (read.Id, read.PreviousEventId, read.Timestamp, read.Type));
        Assert.Equal(member.Length > 0, json.Contains('"' + member + '"', StringComparison.Ordinal));
        Assert.Equal(json, Write(read));
    }

    [Fact]
    public void Write_StateExited_IsTheWireShape()
    {
        string json = Write(new()
        {
            Id = 3,
            PreviousEventId = 2,
            Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(1700000000.5),
            Type = HistoryEventType.PassStateExited,
            Details = new StateExitedDetails("A", JsonValue.Parse("{\"b\":\"c\"}"), JsonObject.Create(("x", "y"))),
        });

        Assert.Equal(
            JsonValue.Parse("""
                {"timestamp":1700000000.5,"type":"PassStateExited","id":3,"previousEventId":2,"stateExitedEventDetails":{"name":"A","output":"{\"b\":\"c\"}",
                 "outputDetails":{"truncated":false},"assignedVariables":{"x":"\"y\""},"assignedVariablesDetails":{"truncated":false}}}
                """),
            JsonValue.Parse(json));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Write_WithoutData_KeepsTheDetailsOnly(HistoryEventType type, EventDetails? details, string member)
    {
        string json = Write(new() { Id = 1, PreviousEventId = 0, Timestamp = DateTimeOffset.UnixEpoch, Type = type, Details = details }, false);

        Assert.Equal(member.Length > 0, ((JsonObject)JsonValue.Parse(json)).ContainsKey(member));
        foreach (string name in new[] { "\"input", "\"output", "\"assignedVariables" })
        {
            Assert.DoesNotContain(name, json, StringComparison.Ordinal);
        }

        // The API model requires this one.
        Assert.Equal(type == HistoryEventType.TaskScheduled, json.Contains("\"parameters\":\"\"", StringComparison.Ordinal));
        Assert.DoesNotContain("1.50", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("""{"type":"NoSuchType","id":1,"timestamp":0}""")]
    [InlineData("""{"type":"7","id":1,"timestamp":0}""")]
    [InlineData("""{"type":"PassStateEntered"}""")]
    public void Read_NoEvent_Throws(string json) =>
        Assert.Throws<FormatException>(() => HistoryEventJson.Read(JsonValue.Parse(json)));

    private static string Write(HistoryEvent one, bool includeData = true)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        HistoryEventJson.Write(writer, one, includeData);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
