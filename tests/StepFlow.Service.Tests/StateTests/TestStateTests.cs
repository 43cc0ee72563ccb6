using StepFlow.Integrations.Tasks;
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

    private const string HttpTask = """
        {"Type":"Task","Resource":"arn:aws:states:::http:invoke","Parameters":{"Method":"GET","ApiEndpoint":"https://example.com/a","Authentication":{"ConnectionArn":"c"}},"End":true}
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
        Assert.Equal("""{"catchIndex":0,"retryIndex":1}""", ((JsonObject)result["inspectionData"]!)["errorDetails"]!.ToString());
    }

    [Theory]
    [InlineData(1, "SUCCEEDED")]
    [InlineData(2, "FAILED")]
    public async Task Map_FailedIterations_AreComparedWithTheTolerance(int failures, string status)
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
    [InlineData(false, "https://example.com/a?key=***", "[x-own: h, Authorization: ***]")]
    [InlineData(true, "https://example.com/a?key=k", "[x-own: h, Authorization: Basic abc]")]
    public async Task Http_AtTrace_ShowsSecretsOnlyOnRequest(bool reveal, string url, string headers)
    {
        var test = new TestService(tasks: new ExchangingTasks());
        JsonObject data = await InspectAsync(test, ("definition", HttpTask), ("roleArn", TestService.Role), ("inspectionLevel", "TRACE"), ("revealSecrets", reveal));
        var request = (JsonObject)data["request"]!;
        var response = (JsonObject)data["response"]!;

        Assert.Equal(("https", "GET", url, headers), (TestService.Text(request, "protocol"), TestService.Text(request, "method"), TestService.Text(request, "url"), TestService.Text(request, "headers")));
        Assert.Equal(("200", "OK", "[date: today]", "x"), (TestService.Text(response, "statusCode"), TestService.Text(response, "statusMessage"), TestService.Text(response, "headers"), TestService.Text(response, "body")));
    }

    [Fact]
    public async Task Http_BelowTrace_ShowsNoRequest()
    {
        JsonObject data = await InspectAsync(new TestService(tasks: new ExchangingTasks()), ("definition", HttpTask), ("roleArn", TestService.Role), ("inspectionLevel", "DEBUG"));

        Assert.False(data.ContainsKey("request") || data.ContainsKey("response"));
    }

    [Theory]
    [InlineData("revealSecrets", "TestState does not support RevealSecrets when a mock is specified.")]
    [InlineData("both", "A test mock should have only one of the following fields: [result, errorOutput].")]
    public async Task Mock_WithWhatItExcludes_IsRefused(string what, string message)
    {
        JsonObject mock = JsonObject.Create(("result", "{}"));
        (string, JsonValue)[] extra = what == "both" ? [] : [("revealSecrets", true)];
        (string code, string text) = await _test.RefuseAsync(
            "TestState",
            [("definition", HttpTask), ("mock", what == "both" ? mock.With("errorOutput", JsonObject.Create(("error", "E"))) : mock), .. extra]);

        Assert.Equal((ErrorCodes.Validation, message), (code, text));
    }

    [Theory]
    [InlineData("", "{}", "Mocked result must be an array.")]
    [InlineData(""","ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"b"}}""", "[]", "Mocked result must be a JSON object.")]
    public async Task Map_MockOfAnotherKind_IsRefused(string writer, string mocked, string message)
    {
        string definition = Map.TrimEnd()[..^1] + writer + "}";
        (string code, string text) = await _test.RefuseAsync("TestState", ("definition", definition), ("mock", JsonObject.Create(("result", mocked))));

        Assert.Equal((ErrorCodes.Validation, message), (code, text));
    }

    [Fact]
    public async Task Parallel_MockThatIsNoArray_IsRefused()
    {
        string definition = """{"Type":"Parallel","Branches":[{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}],"End":true}""";
        (string code, string text) = await _test.RefuseAsync("TestState", ("definition", definition), ("mock", JsonObject.Create(("result", "1"))));

        Assert.Equal((ErrorCodes.Validation, "Mocked result must be an array."), (code, text));
    }

    [Fact]
    public async Task Parallel_FailedBranch_IsCaughtAsOne()
    {
        string definition = """
            {"Type":"Parallel","Branches":[{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}],"End":true,
             "Catch":[{"ErrorEquals":["States.BranchFailed"],"Next":"Caught"}]}
            """;
        JsonObject result = await _test.CallAsync(
            "TestState", ("definition", definition), ("mock", JsonObject.Create(("errorOutput", JsonObject.Create(("error", "E"))))));

        Assert.Equal(("CAUGHT_ERROR", "Caught"), (TestService.Text(result, "status"), TestService.Text(result, "nextState")));
    }

    [Fact]
    public async Task Strict_RequiredFieldMissing_IsRefusedAndLetThroughAtPresent()
    {
        string definition = """{"Type":"Task","Resource":"arn:aws:states:::states:startExecution","Parameters":{"StateMachineArn":"a"},"End":true}""";
        (string code, string message) = await _test.RefuseAsync("TestState", ("definition", definition), ("mock", JsonObject.Create(("result", "{}"))));
        JsonObject present = await _test.CallAsync("TestState", ("definition", definition), ("mock", JsonObject.Create(("result", "{}"), ("fieldValidationMode", "PRESENT"))));

        Assert.Equal(ErrorCodes.Validation, code);
        Assert.Equal("Mock result schema validation error: Required field 'ExecutionArn' is missing", message);
        Assert.Equal("SUCCEEDED", TestService.Text(present, "status"));
    }

    /// <summary>Texts of a response, and how long the service's model lets them be.</summary>
    [Theory]
    [InlineData("states:startExecution", "{\"StateMachineArn\":\"a\"}", "ExecutionArn", 256)]
    [InlineData("aws-sdk:sfn:describeExecution", "{\"ExecutionArn\":\"a\"}", "Name", 80)]
    [InlineData("aws-sdk:kms:encrypt", "{\"KeyId\":\"k\",\"Plaintext\":\"cA==\"}", "CiphertextBlob", 6144)]
    [InlineData("aws-sdk:kms:decrypt", "{\"CiphertextBlob\":\"cA==\"}", "KeyId", 2048)]
    public async Task Mock_TextOfTheResponse_IsTakenUpToItsLength(string action, string parameters, string field, int most)
    {
        (string, JsonValue) definition = ("definition", $$"""{"Type":"Task","Resource":"arn:aws:states:::{{action}}","Parameters":{{parameters}},"End":true}""");
        JsonObject longest = await _test.CallAsync("TestState", definition, Mock(most));

        Assert.Equal("SUCCEEDED", TestService.Text(longest, "status"));
        Assert.Equal(
            (ErrorCodes.Validation, $"Mock result schema validation error: Field '{field}' exceeds the maximum length"),
            await _test.RefuseAsync("TestState", definition, Mock(most + 1)));

        (string, JsonValue) Mock(int length) => ("mock", JsonObject.Create(
            ("result", JsonObject.Create((field, new string('x', length))).ToString()), ("fieldValidationMode", "PRESENT")));
    }

    [Theory]
    [InlineData("arn:aws:states:::http:invoke", "[1]")]
    [InlineData("arn:aws:states:::lambda:invoke.waitForTaskToken", "7")]
    [InlineData("arn:aws:states:us-east-1:123456789012:activity:a", "7")]
    public async Task Mock_OfATaskWithoutAModel_IsNotChecked(string resource, string mocked)
    {
        string definition = resource.Contains("lambda", StringComparison.Ordinal)
            ? $$$"""{"Type":"Task","Resource":"{{{resource}}}","Parameters":{"FunctionName":"f","Payload":{"t.$":"$$.Task.Token"}},"End":true}"""
            : resource.Contains("http", StringComparison.Ordinal) ? HttpTask : $$"""{"Type":"Task","Resource":"{{resource}}","End":true}""";
        JsonObject result = await _test.CallAsync("TestState", ("definition", definition), ("mock", JsonObject.Create(("result", mocked))));

        Assert.Equal(("SUCCEEDED", mocked), (TestService.Text(result, "status"), TestService.Text(result, "output")));
    }

    [Fact]
    public async Task StateName_Unknown_IsNotFound()
    {
        (string code, string message) = await _test.RefuseAsync("TestState", ("definition", TestService.PassDefinition), ("stateName", "Gone"));

        Assert.Equal((ErrorCodes.Validation, "State not found in definition"), (code, message));
    }

    [Fact]
    public async Task StateName_InsideAMap_SeesTheFirstItem()
    {
        string definition = """
            {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"P","States":{
              "P":{"Type":"Pass","Parameters":{"index.$":"$$.Map.Item.Index","value.$":"$$.Map.Item.Value"},"End":true}}}}}}
            """;
        JsonObject result = await _test.CallAsync("TestState", ("definition", definition), ("stateName", "P"), ("input", "\"a\""));

        Assert.Equal("""{"index":0,"value":"a"}""", TestService.Text(result, "output"));
    }

    [Fact]
    public async Task Resource_Unknown_IsRefusedAsAtCreation()
    {
        string state = """{"Type":"Task","Resource":"arn:aws:states:::dynamodb:query","Parameters":{},"End":true}""";
        (string code, string message) = await _test.RefuseAsync("TestState", ("definition", state), ("roleArn", TestService.Role));
        (_, string created) = await _test.RefuseAsync(
            "CreateStateMachine",
            ("name", "m"), ("roleArn", TestService.Role), ("definition", "{\"StartAt\":\"StateName\",\"States\":{\"StateName\":" + state + "}}"));

        Assert.Equal((ErrorCodes.InvalidDefinition, created), (code, message));
    }

    [Fact]
    public async Task Context_WithoutAMock_IsRefused()
    {
        (string code, _) = await _test.RefuseAsync("TestState", ("definition", """{"Type":"Pass","End":true}"""), ("context", "{}"));

        Assert.Equal(ErrorCodes.Validation, code);
    }

    [Theory]
    [InlineData("""{"Type":"Pass","InputPath":"$.gone","End":true}""")]
    [InlineData("""{"Type":"Wait","SecondsPath":"$.gone","End":true}""")]
    [InlineData("""{"Type":"Pass","QueryLanguage":"JSONata","Output":"{% $states.input.gone %}","End":true}""")]
    [InlineData("""{"Type":"Choice","Choices":[{"Variable":"$.x","IsPresent":true,"Next":"N"}]}""")]
    public async Task Failure_OfAnEvaluation_HasABareCause(string definition)
    {
        JsonObject result = await _test.CallAsync("TestState", ("definition", definition));

        Assert.Equal("FAILED", TestService.Text(result, "status"));
        Assert.NotEmpty(TestService.Text(result, "cause"));
        Assert.DoesNotContain("An error occurred while executing the state", TestService.Text(result, "cause"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_ItemsPathToAnObject_Fails()
    {
        JsonObject result = await _test.CallAsync(
            "TestState", ("definition", Map.Replace("\"ItemsPath\":\"$.items\",", string.Empty, StringComparison.Ordinal)), ("mock", JsonObject.Create(("result", "[]"))));

        Assert.Equal(("FAILED", "Reference path \"$\" must point to array."), (TestService.Text(result, "status"), TestService.Text(result, "cause")));
    }

    [Fact]
    public async Task Map_Inspected_ShowsItemsInputsAndBatches()
    {
        string definition = Map.Replace(
            "\"ItemsPath\"",
            "\"ItemSelector\":{\"v.$\":\"$$.Map.Item.Value\"},\"ItemBatcher\":{\"MaxItemsPerBatch\":2},\"MaxConcurrency\":4,\"ItemsPath\"",
            StringComparison.Ordinal);
        JsonObject data = await InspectAsync(
            _test, ("definition", definition), ("inspectionLevel", "DEBUG"), ("input", """{"items":[1,2,3]}"""), ("mock", JsonObject.Create(("result", "[9]"))));

        Assert.Equal("[1,2,3]", TestService.Text(data, "afterItemsPath"));
        Assert.Equal("""[{"v":1},{"v":2},{"v":3}]""", TestService.Text(data, "afterItemSelector"));
        Assert.Equal("""[{"Items":[{"v":1},{"v":2}]},{"Items":[{"v":3}]}]""", TestService.Text(data, "afterItemBatcher"));
        Assert.Equal(("4", "1", "[9]"), (data["maxConcurrency"]!.ToString(), data["toleratedFailureCount"]!.ToString(), TestService.Text(data, "afterResultPath")));
    }

    [Theory]
    [InlineData("""{"InputType":"JSON","ItemsPointer":"/a"}""", """{"a":[1,2]}""", "[1,2]")]
    [InlineData("""{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW"}""", "n\n1\n2", """[{"n":"1"},{"n":"2"}]""")]
    [InlineData("""{"InputType":"JSONL"}""", "1\n2", "[1,2]")]
    public async Task Map_ReaderData_IsReadAsTheFileWouldBe(string config, string data, string items)
    {
        string definition = Map.Replace(
            "\"ItemsPath\":\"$.items\"",
            "\"ItemReader\":{\"Resource\":\"arn:aws:states:::s3:getObject\",\"ReaderConfig\":" + config + ",\"Parameters\":{\"Bucket\":\"b\",\"Key\":\"k\"}}",
            StringComparison.Ordinal);
        JsonObject shown = await InspectAsync(
            _test, ("definition", definition), ("inspectionLevel", "DEBUG"), ("mock", JsonObject.Create(("result", "[]"))), ("stateConfiguration", JsonObject.Create(("mapItemReaderData", data))));

        Assert.Equal(items, TestService.Text(shown, "afterItemsPath"));
        Assert.Equal(config.Contains("Pointer", StringComparison.Ordinal), shown.ContainsKey("afterItemsPointer"));
    }

    [Fact]
    public async Task Map_FailedIterationsWithoutToleranceOrHandler_AreNotReported()
    {
        string definition = Map.Replace("\"ToleratedFailureCount\":1,", string.Empty, StringComparison.Ordinal);
        (string, JsonValue)[] rest =
        [
            ("input", """{"items":[1,2,3]}"""), ("mock", JsonObject.Create(("result", "[1,2,3]"))), ("stateConfiguration", JsonObject.Create(("mapIterationFailureCount", 1))),
        ];
        JsonObject bare = await _test.CallAsync("TestState", [("definition", definition), .. rest]);
        JsonObject handled = await _test.CallAsync(
            "TestState",
            [("definition", definition.TrimEnd()[..^1] + ",\"Catch\":[{\"ErrorEquals\":[\"States.ExceedToleratedFailureThreshold\"],\"Next\":\"N\"}]}"), .. rest]);

        Assert.Equal(("SUCCEEDED", "CAUGHT_ERROR"), (TestService.Text(bare, "status"), TestService.Text(handled, "status")));
    }

    [Fact]
    public async Task Variables_AfterAnAssign_AreThoseOfTheNextState()
    {
        JsonObject data = await InspectAsync(
            _test, ("definition", """{"Type":"Pass","Assign":{"b":2},"End":true}"""), ("variables", """{"a":1,"b":1}"""), ("inspectionLevel", "DEBUG"));

        Assert.Equal("""{"a":1,"b":2}""", TestService.Text(data, "variables"));
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

    /// <summary>A function that is named by its ARN takes any payload.</summary>
    [Fact]
    public async Task Function_ParametersThatAreAText_IsCalled()
    {
        JsonObject result = await _test.CallAsync(
            "TestState",
            ("definition", """{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","TimeoutSeconds":1,"Parameters":"","End":true}"""),
            ("roleArn", TestService.Role));
        Assert.Equal("SUCCEEDED", TestService.Text(result, "status"));
    }

    private static async Task<JsonObject> InspectAsync(TestService test, params (string Name, JsonValue Value)[] members) =>
        (JsonObject)(await test.CallAsync("TestState", members))["inspectionData"]!;

    private Task<JsonObject> FailAsync(int retries) => _test.CallAsync(
        "TestState",
        ("definition", Retried),
        ("inspectionLevel", "DEBUG"),
        ("mock", JsonObject.Create(("errorOutput", JsonObject.Create(("error", "E"), ("cause", "C"))))),
        ("stateConfiguration", JsonObject.Create(("retrierRetryCount", retries))));

    /// <summary>An HTTP task that shows what it sent and got.</summary>
    private sealed class ExchangingTasks : ITaskRunner
    {
        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
        {
            call.Exchanged!(new()
            {
                Protocol = "https",
                Method = "GET",
                Url = new("https://example.com/a?key=k", "https://example.com/a?key=***"),
                RequestHeaders = [new("x-own", new("h", "h")), new("Authorization", new("Basic abc", "***"))],
                StatusCode = 200,
                StatusText = "OK",
                ResponseHeaders = [new("date", "today")],
                ResponseBody = "x",
            });
            return Task.FromResult<TaskOutcome>(new TaskCompleted(JsonObject.Empty));
        }
    }
}
