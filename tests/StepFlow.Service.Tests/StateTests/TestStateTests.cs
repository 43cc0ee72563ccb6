using StepFlow.Language.Json;
using StepFlow.Service.Errors;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.StateTests;

/// <summary>TestState beyond what was recorded: retries, thresholds, secrets.</summary>
public sealed class TestStateTests
{
    private const string Retried = """
        {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},
         "Retry":[{"ErrorEquals":["Other"]},{"ErrorEquals":["E"],"IntervalSeconds":2,"BackoffRate":3,"MaxAttempts":2}],
         "Catch":[{"ErrorEquals":["States.ALL"],"Next":"Caught"}],"End":true}
        """;

    private const string Map = """
        {"Type":"Map","ItemsPath":"$.items","ToleratedFailureCount":1,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}
        """;

    private readonly TestService _test = new();

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 6)]
    public async Task Error_RetrierLeft_IsRetriable(int retries, int seconds)
    {
        JsonObject result = await FailAsync(retries);

        Assert.Equal("RETRIABLE", TestService.Text(result, "status"));
        Assert.Equal($$"""{"retryIndex":1,"retryBackoffIntervalSeconds":{{seconds}}}""", ((JsonObject)result["inspectionData"]!)["errorDetails"]!.ToString());
    }

    [Fact]
    public async Task Error_RetrierExhausted_IsCaught()
    {
        JsonObject result = await FailAsync(2);

        Assert.Equal("CAUGHT_ERROR", TestService.Text(result, "status"));
        Assert.Equal("Caught", TestService.Text(result, "nextState"));
        Assert.Equal("""{"Error":"E","Cause":"C"}""", TestService.Text(result, "output"));
    }

    [Theory]
    [InlineData(1, "SUCCEEDED")]
    [InlineData(2, "FAILED")]
    public async Task Map_FailedIterations_AreHeldAgainstTheTolerance(int failures, string status)
    {
        JsonObject result = await _test.CallAsync(
            "TestState",
            ("definition", Map),
            ("roleArn", TestService.Role),
            ("input", """{"items":[1,2,3]}"""),
            ("mock", JsonObject.Create(("result", "[1,2,3]"))),
            ("stateConfiguration", JsonObject.Create(("mapIterationFailureCount", failures))));

        Assert.Equal(status, TestService.Text(result, "status"));
    }

    [Theory]
    [InlineData(2, "States.ExceedToleratedFailureThreshold")]
    [InlineData(1, null)]
    [InlineData(6, "States.ExceedToleratedFailureThreshold")]
    public async Task Map_WithBothTolerances_FailsAsARunDoes(int failures, string? error)
    {
        JsonObject result = await _test.CallAsync(
            "TestState",
            ("definition", """
                {"Type":"Map","ItemsPath":"$.items","ToleratedFailureCount":5,"ToleratedFailurePercentage":10,"ItemProcessor":{
                  "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                  "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}
                """),
            ("roleArn", TestService.Role),
            ("input", """{"items":[1,2,3,4,5,6,7,8,9,10]}"""),
            ("mock", JsonObject.Create(("result", "[1,2,3,4,5,6,7,8,9,10]"))),
            ("stateConfiguration", JsonObject.Create(("mapIterationFailureCount", failures))));

        Assert.Equal((error is null ? "SUCCEEDED" : "FAILED", error), (TestService.Text(result, "status"), (result["error"] as JsonString)?.Value));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Http_AtTrace_ShowsSecretsOnlyWhereAsked(bool reveal, bool shown)
    {
        string definition = """
            {"Type":"Task","Resource":"arn:aws:states:::http:invoke","Parameters":{"Method":"GET","ApiEndpoint":"https://example.com/a","Headers":{"Authorization":"hidden"},"QueryParameters":{"q":"1 2"}},"End":true}
            """;
        JsonObject result = await _test.CallAsync(
            "TestState",
            ("definition", definition),
            ("inspectionLevel", "TRACE"),
            ("revealSecrets", reveal),
            ("mock", JsonObject.Create(("result", """{"StatusCode":200,"StatusText":"OK","Headers":{},"ResponseBody":"x"}"""))));
        var data = (JsonObject)result["inspectionData"]!;
        var request = (JsonObject)data["request"]!;

        Assert.Equal("https://example.com/a?q=1%202", TestService.Text(request, "url"));
        Assert.Equal("200", TestService.Text((JsonObject)data["response"]!, "statusCode"));
        Assert.Equal(shown, TestService.Text(request, "headers").Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Strict_RequiredFieldMissing_IsRefusedAndLetThroughAtPresent()
    {
        string definition = """{"Type":"Task","Resource":"arn:aws:states:::states:startExecution","Parameters":{"StateMachineArn":"a"},"End":true}""";
        (string code, string message) = await _test.RefuseAsync("TestState", ("definition", definition), ("mock", JsonObject.Create(("result", "{}"))));
        JsonObject present = await _test.CallAsync("TestState", ("definition", definition), ("mock", JsonObject.Create(("result", "{}"), ("fieldValidationMode", "PRESENT"))));

        Assert.Equal(ErrorCodes.Validation, code);
        Assert.Equal("Mock result schema validation error: Field 'ExecutionArn' is required but missing", message);
        Assert.Equal("SUCCEEDED", TestService.Text(present, "status"));
    }

    [Theory]
    [InlineData("arn:aws:states:::sqs:sendMessage.waitForTaskToken")]
    [InlineData("arn:aws:states:::states:startExecution.sync:2")]
    [InlineData("arn:aws:states:us-east-1:123456789012:activity:a")]
    public async Task Task_ThatWaits_NeedsAMock(string resource)
    {
        string definition = $$"""{"Type":"Task","Resource":"{{resource}}","End":true}""";

        (string code, _) = await _test.RefuseAsync("TestState", ("definition", definition), ("roleArn", TestService.Role));

        Assert.Equal(ErrorCodes.Validation, code);
    }

    [Fact]
    public async Task Task_WithoutMock_IsReallyCalled()
    {
        string definition = """{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"echo","Payload.$":"$"},"OutputPath":"$.Payload","Next":"N"}""";
        JsonObject result = await _test.CallAsync("TestState", ("definition", definition), ("roleArn", TestService.Role), ("input", "7"));

        Assert.Equal("7", TestService.Text(result, "output"));
        Assert.Equal("N", TestService.Text(result, "nextState"));
    }

    private Task<JsonObject> FailAsync(int retries) => _test.CallAsync(
        "TestState",
        ("definition", Retried),
        ("inspectionLevel", "DEBUG"),
        ("mock", JsonObject.Create(("errorOutput", JsonObject.Create(("error", "E"), ("cause", "C"))))),
        ("stateConfiguration", JsonObject.Create(("retrierRetryCount", retries))));
}
