using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;
using StepFlow.Runtime.Mocks;

namespace StepFlow.Runtime.Tests.Mocks;

/// <summary>Mock configuration files of Step Functions Local.</summary>
public sealed class MockConfigurationTests
{
    private const string Valid = """
        {"StateMachines":{"m":{"TestCases":{"c":{"S":"r"}}}},
         "MockedResponses":{"r":{"0":{"Throw":{"Error":"E","Cause":"C"}},"1-2":{"Return":{"ok":true}}}}}
        """;

    [Theory]
    [InlineData(0, "E")]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, "States.Runtime")]
    public async Task Response_OfAnAttempt_IsItsOwn(int attempt, string? error)
    {
        TaskOutcome? outcome = await RunAsync("c", "S", attempt);

        Assert.Equal(error, (outcome as TaskRejected)?.Error);
        Assert.Equal(error is null ? """{"ok":true}""" : null, (outcome as TaskCompleted)?.Output.ToString());
    }

    [Theory]
    [InlineData("c", "Other")]
    [InlineData("other", "S")]
    [InlineData(null, "S")]
    public async Task Response_OfAStateThatIsNotMocked_IsNone(string? testCase, string state) => Assert.Null(await RunAsync(testCase, state, 0));

    [Theory]
    [InlineData("[]", "the document")]
    [InlineData("""{"StateMachines":{}}""", "MockedResponses")]
    [InlineData("""{"StateMachines":{"m":{"TestCases":{"c":{"S":"none"}}}},"MockedResponses":{}}""", "StateMachines.m.TestCases.c.S")]
    [InlineData("""{"StateMachines":{},"MockedResponses":{"r":{"x":{"Return":1}}}}""", "MockedResponses.r.x")]
    [InlineData("""{"StateMachines":{},"MockedResponses":{"r":{"2-1":{"Return":1}}}}""", "MockedResponses.r.2-1")]
    [InlineData("""{"StateMachines":{},"MockedResponses":{"r":{"0":{}}}}""", "MockedResponses.r.0")]
    [InlineData("""{"StateMachines":{},"MockedResponses":{"r":{"0":{"Return":1,"Throw":{}}}}}""", "MockedResponses.r.0")]
    public void Parse_WrongConfiguration_ReportsWhere(string text, string place)
    {
        MockConfigurationException exception = Assert.Throws<MockConfigurationException>(() => MockConfiguration.Parse(JsonValue.Parse(text)));

        Assert.Contains(place, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_ReportsWhich()
    {
        MockConfigurationException exception = Assert.Throws<MockConfigurationException>(() => MockConfiguration.Load("/none/mocks.json"));

        Assert.Contains("/none/mocks.json", exception.Message, StringComparison.Ordinal);
    }

    private static Task<TaskOutcome?> RunAsync(string? testCase, string state, int attempt) => new MockedTasks(MockConfiguration.Parse(JsonValue.Parse(Valid))).RunAsync(
        new()
        {
            ExecutionArn = "e",
            ExecutionName = "e",
            StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:m",
            StateName = state,
            Resource = TaskResource.Parse("arn:aws:states:::lambda:invoke"),
            Arguments = JsonObject.Empty,
            IdempotencyKey = "k",
            RetryCount = attempt,
            MockTestCase = testCase,
        },
        TestContext.Current.CancellationToken);
}
