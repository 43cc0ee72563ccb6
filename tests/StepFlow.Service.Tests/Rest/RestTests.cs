using System.Net.Http.Headers;
using System.Net;
using System.Text;
using StepFlow.Language.Catalogue;
using StepFlow.Language.Json;
using StepFlow.Runtime.MapRuns;
using StepFlow.Service.Errors;
using StepFlow.Service.Rest;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Rest;

/// <summary>The REST API: the same operations, with JSON where the API has JSON texts.</summary>
public sealed class RestTests
{
    private static readonly JsonObject Machine = JsonObject.Create(
        ("name", "m"), ("roleArn", TestService.Role), ("definition", JsonValue.Parse(TestService.PassDefinition)));

    [Fact]
    public async Task Execution_StartedWithJson_IsDescribedWithJson()
    {
        await using TestServer server = await TestServer.StartAsync();
        await SendAsync(server, "POST", "/api/statemachines", Machine);
        (_, JsonObject started) = await SendAsync(server, "POST", "/api/statemachines/m/executions", (JsonObject)JsonValue.Parse("""{"name":"n","input":{"a":[1,2]}}"""));
        await server.Test.Host.WaitAsync(TestService.Text(started, "executionArn"), TestContext.Current.CancellationToken);
        (HttpStatusCode status, JsonObject described) = await SendAsync(server, "GET", "/api/statemachines/m/executions/n");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"a":[1,2]}""", described["output"]!.ToString());
        Assert.IsType<JsonObject>(described["output"]);
        Assert.EndsWith("Z", TestService.Text(described, "startDate"), StringComparison.Ordinal);
    }

    /// <summary>A role means nothing on Azure: users do not have to write one.</summary>
    [Fact]
    public async Task Machine_WithoutARole_IsCreatedAndItsStatesAreTested()
    {
        await using TestServer server = await TestServer.StartAsync();
        (HttpStatusCode created, _) = await SendAsync(server, "POST", "/api/statemachines", Machine.Without("roleArn"));
        (_, JsonObject described) = await SendAsync(server, "GET", "/api/statemachines/m");
        (HttpStatusCode tested, _) = await SendAsync(server, "POST", "/api/statemachines/teststate", (JsonObject)JsonValue.Parse(
            """{"definition":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"echo"},"End":true}}"""));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (created, tested));
        Assert.Equal("arn:aws:iam::123456789012:role/stepflow", TestService.Text(described, "roleArn"));
    }

    [Fact]
    public async Task History_WithQuery_IsPaged()
    {
        await using TestServer server = await TestServer.StartAsync();
        await SendAsync(server, "POST", "/api/statemachines", Machine);
        (_, JsonObject started) = await SendAsync(server, "POST", "/api/statemachines/m/executions", JsonObject.Create(("name", "n")));
        await server.Test.Host.WaitAsync(TestService.Text(started, "executionArn"), TestContext.Current.CancellationToken);
        (_, JsonObject first) = await SendAsync(server, "GET", "/api/statemachines/m/executions/n/history?maxResults=2&reverseOrder=true");
        (_, JsonObject second) = await SendAsync(
            server, "GET", $"/api/statemachines/m/executions/n/history?maxResults=2&reverseOrder=true&nextToken={Uri.EscapeDataString(TestService.Text(first, "nextToken"))}");

        Assert.Equal("ExecutionSucceeded", TestService.Text((JsonObject)((JsonArray)first["events"]!)[0], "type"));
        Assert.Equal("ExecutionStarted", TestService.Text((JsonObject)((JsonArray)second["events"]!)[1], "type"));
    }

    [Fact]
    public async Task Sync_ExpressMachine_RespondsWithTheEnd()
    {
        await using TestServer server = await TestServer.StartAsync();
        await SendAsync(server, "POST", "/api/statemachines", Machine.With("type", "EXPRESS"));
        (_, JsonObject ended) = await SendAsync(server, "POST", "/api/statemachines/m/executions/sync", (JsonObject)JsonValue.Parse("""{"input":true}"""));

        Assert.Equal(JsonValue.True, ended["output"]);
    }

    [Fact]
    public async Task Payloads_AsTexts_AreTheTextsThatWereSent()
    {
        const string Definition = "{ \"StartAt\": \"P\",\r\n\t\"States\": {\"P\": {\"Type\": \"Pass\", \"Result\": [12345678901234567890, 10.0, 1e-400], \"End\": true} } }\n";
        const string Input = "{\"b\": 9007199254740993,  \"2\": 1.10, \"1\": 10.0}";
        await using TestServer server = await TestServer.StartAsync();
        await SendAsync(server, "POST", "/api/statemachines", Machine.With("definition", Definition));
        (_, JsonObject started) = await SendAsync(server, "POST", "/api/statemachines/m/executions", JsonObject.Create(("name", "n"), ("input", Input)));
        await server.Test.Host.WaitAsync(TestService.Text(started, "executionArn"), TestContext.Current.CancellationToken);
        (_, JsonObject machine) = await SendAsync(server, "GET", "/api/statemachines/m?payloads=text");
        (_, JsonObject execution) = await SendAsync(server, "GET", "/api/statemachines/m/executions/n?payloads=text");

        Assert.Equal(Definition, TestService.Text(machine, "definition"));
        Assert.Equal(Input, TestService.Text(execution, "input"));
        Assert.Equal("[12345678901234567890,10.0,1e-400]", TestService.Text(execution, "output"));
        Assert.EndsWith("Z", TestService.Text(execution, "startDate"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("12345678901234567890")]
    [InlineData("1.10")]
    [InlineData("10.0")]
    [InlineData("1e-400")]
    [InlineData("-0.0")]
    public async Task Payloads_AsValues_KeepNumbersAsTheyWereWritten(string number)
    {
        await using TestServer server = await TestServer.StartAsync();
        await SendAsync(server, "POST", "/api/statemachines", Machine);
        await SendAsync(server, "POST", "/api/statemachines/m/executions", JsonObject.Create(("name", "n"), ("input", $"[{number}]")));
        using var client = new HttpClient { BaseAddress = server.Address };
        string described = await client.GetStringAsync("/api/statemachines/m/executions/n", TestContext.Current.CancellationToken);

        Assert.Contains($"\"input\":[{number}]", described, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a", 100_000)]
    [InlineData("\u00e9\ud83d\ude00\"\\\n<", 20_000)]
    public async Task Response_ThatIsLong_IsTheSamePieceByPiece(string letters, int times)
    {
        await using TestServer server = await TestServer.StartAsync();
        string machine = await server.Test.CreateAsync("m");
        JsonObject input = JsonObject.Create(("text", string.Concat(Enumerable.Repeat(letters, times))));
        string arn = await server.Test.StartAsync(machine, input.ToString());
        await server.Test.Host.WaitAsync(arn, TestContext.Current.CancellationToken);
        string name = arn[(arn.LastIndexOf(':') + 1)..];

        (_, JsonObject described) = await SendAsync(server, "GET", $"/api/statemachines/m/executions/{name}");
        (_, JsonObject history) = await SendAsync(server, "GET", $"/api/statemachines/m/executions/{name}/history");
        (_, JsonObject texts) = await SendAsync(server, "GET", $"/api/statemachines/m/executions/{name}/history?payloads=text");

        Assert.Equal(input, described["input"]);
        Assert.Equal(input, StartedWith(history));
        JsonObject page = await server.Test.CallAsync("GetExecutionHistory", ("executionArn", arn));
        Assert.Equal(((JsonArray)page["events"]!).Count, ((JsonArray)texts["events"]!).Count);
        Assert.Equal(StartedWith(page), StartedWith(texts));
    }

    private static JsonValue? StartedWith(JsonObject history) =>
        ((JsonObject)((JsonObject)((JsonArray)history["events"]!)[0])["executionStartedEventDetails"]!)["input"];

    [Fact]
    public async Task Check_ValidDefinition_WarnsOfItsDataFlow()
    {
        const string Definition = """{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"x":1},"Next":"B"},"B":{"Type":"Pass","InputPath":"$.y","End":true}}}""";
        await using TestServer server = await TestServer.StartAsync();
        (_, JsonObject returned) = await SendAsync(server, "POST", "/api/statemachines/check", JsonObject.Create(("definition", Definition)));
        (_, JsonObject asOnAws) = await SendAsync(server, "POST", "/api/statemachines/validate", JsonObject.Create(("definition", Definition), ("severity", "WARNING")));

        var finding = Assert.IsType<JsonObject>(Assert.Single((JsonArray)returned["diagnostics"]!));
        Assert.Equal(("WARNING", "DATA_NEVER_THERE", "/States/B/InputPath"), (TestService.Text(finding, "severity"), TestService.Text(finding, "code"), TestService.Text(finding, "location")));
        Assert.Empty((JsonArray)asOnAws["diagnostics"]!);
    }

    /// <summary>Findings have their places in the text that was sent; the response has the form that the API accepts if the text had another form.</summary>
    [Theory]
    [InlineData("StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B # none\n", "MISSING_TRANSITION_TARGET", 5, 5, true)]
    [InlineData("StartAt: A\nStates: [\n", "INVALID_YAML", 3, 1, false)]
    [InlineData("{\n  \"StartAt\": \"A\",\n  \"States\": {\"A\": {\"Type\": \"Pass\", \"Next\": \"B\"}}\n}", "MISSING_TRANSITION_TARGET", 3, 36, false)]
    [InlineData("{\n  \"StartAt\": A\n}", "INVALID_JSON_DESCRIPTION", 2, 14, false)]
    [InlineData("{\n  // no\n  \"StartAt\": \"A\"\n}", "INVALID_JSON_DESCRIPTION", 2, 3, false)]
    public async Task Check_AnError_HasItsLocationInTheText(string text, string code, int line, int column, bool isConverted)
    {
        await using TestServer server = await TestServer.StartAsync();
        (_, JsonObject returned) = await SendAsync(server, "POST", "/api/statemachines/check", JsonObject.Create(("definition", text)));

        var finding = (JsonObject)((JsonArray)returned["diagnostics"]!)[0];
        Assert.Equal((code, line, column), (TestService.Text(finding, "code"), (int)((JsonNumber)finding["line"]!).ToDouble(), (int)((JsonNumber)finding["column"]!).ToDouble()));
        Assert.Equal(isConverted, returned["definition"] is JsonObject);
    }

    [Fact]
    public async Task Integrations_AreThoseOfTheCatalogue()
    {
        await using TestServer server = await TestServer.StartAsync();
        (_, JsonObject returned) = await SendAsync(server, "GET", "/api/integrations");

        JsonValue[] integrations = [.. (JsonArray)returned["integrations"]!];
        Assert.Contains(JsonValue.Parse("""{"name":"lambda:invoke","suffixes":["",".waitForTaskToken"],"required":["FunctionName"],"optional":["Payload","ClientContext","InvocationType","Qualifier","LogType"]}"""), integrations);
        Assert.Equal(IntegrationCatalogue.Aws.Listed.Count(), integrations.Length);
    }

    /// <summary>What is StepFlow's own is no part of the Step Functions API.</summary>
    [Theory]
    [InlineData("CheckDefinition")]
    [InlineData("ListIntegrations")]
    public async Task OwnOperation_ByAnAwsClient_IsUnknown(string operation)
    {
        ApiResult result = await new TestService().Service.InvokeAsync(
            operation, JsonObject.Create(("definition", TestService.PassDefinition)), CallerContext.Internal, TestContext.Current.CancellationToken);

        Assert.Equal(ErrorCodes.UnknownOperation, result.Error?.Code);
    }

    [Fact]
    public async Task Payloads_InAnUnknownWay_AreRefused()
    {
        await using TestServer server = await TestServer.StartAsync();
        (HttpStatusCode status, JsonObject returned) = await SendAsync(server, "GET", "/api/statemachines?payloads=xml");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("values or text", TestService.Text(returned, "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MapRunExecution_ByIndex_IsTheExecutionOfThatItem()
    {
        const string Run = "arn:aws:states:us-east-1:123456789012:mapRun:m/Lab:1a2b";
        await using TestServer server = await TestServer.StartAsync();
        (HttpStatusCode status, JsonObject returned) = await SendAsync(server, "GET", $"/api/mapruns/{Uri.EscapeDataString(Run)}/executions/7");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains(MapRunNames.ChildArn(Run, 7, isExpress: false), TestService.Text(returned, "message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/statemachines/none", HttpStatusCode.NotFound, "StateMachineDoesNotExist")]
    [InlineData("GET", "/api/statemachines/none/executions/n", HttpStatusCode.NotFound, "ExecutionDoesNotExist")]
    [InlineData("GET", "/api/activities?maxResults=5000", HttpStatusCode.BadRequest, "ValidationException")]
    [InlineData("GET", "/api/activities?nextToken=x", HttpStatusCode.BadRequest, "InvalidToken")]
    [InlineData("POST", "/api/operations/Nothing", HttpStatusCode.NotFound, "UnknownOperationException")]
    public async Task Refused_Operation_HasAStatusOfItsOwn(string method, string path, HttpStatusCode expected, string code)
    {
        await using TestServer server = await TestServer.StartAsync();
        (HttpStatusCode status, JsonObject returned) = await SendAsync(server, method, path, method == "POST" ? JsonObject.Empty : null);

        Assert.Equal(expected, status);
        Assert.Equal(code, TestService.Text(returned, "error"));
    }

    [Fact]
    public async Task AnyOperation_ByItsName_IsServed()
    {
        await using TestServer server = await TestServer.StartAsync();
        (HttpStatusCode status, JsonObject returned) = await SendAsync(server, "POST", "/api/operations/CreateActivity", JsonObject.Create(("name", "a")));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.EndsWith(":activity:a", TestService.Text(returned, "activityArn"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_FromAForm_IsRefused()
    {
        await using TestServer server = await TestServer.StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        using var form = new StringContent("{\"name\":\"a\"}", Encoding.UTF8, "text/plain");
        using HttpResponseMessage response = await client.PostAsync("/api/activities", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("a:wrong", HttpStatusCode.Unauthorized)]
    [InlineData("a:b", HttpStatusCode.OK)]
    public async Task Key_AsBasicCredentials_IsChecked(string? credentials, HttpStatusCode expected)
    {
        await using TestServer server = await TestServer.StartAsync(new([new() { Id = "a", Secret = "b" }]));
        (HttpStatusCode status, _) = await SendAsync(server, "GET", "/api/activities", null, credentials);

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task OpenApi_Document_CoversEveryRouteAndOperation()
    {
        await using TestServer server = await TestServer.StartAsync();
        (HttpStatusCode status, JsonObject document) = await SendAsync(server, "GET", "/openapi.json");
        var paths = (JsonObject)document["paths"]!;

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("3.1.0", TestService.Text(document, "openapi"));
        Assert.All(RestRoutes.All, route => Assert.True(((JsonObject)paths[route.Template]!).ContainsKey(route.Method.ToLowerInvariant()), route.Template));
        Assert.Empty(server.Test.Service.Operations.Except(RestRoutes.All.Select(route => route.Operation ?? string.Empty)));
    }

    [Theory]
    [InlineData("StartExecution", "input")]
    [InlineData("SendTaskSuccess", "output")]
    [InlineData("CreateStateMachine", "definition")]
    [InlineData("TestState", "variables")]
    [InlineData("TestState", "context")]
    [InlineData("TestState", "mock", "result")]
    [InlineData("TestState", "stateConfiguration", "mapItemReaderData")]
    public async Task OpenApi_MemberThatHoldsJson_IsNotCalledAString(string operation, params string[] path)
    {
        await using TestServer server = await TestServer.StartAsync();
        (_, JsonObject document) = await SendAsync(server, "GET", "/openapi.json");
        JsonObject described = ((JsonObject)document["paths"]!).Select(item => (JsonObject)item.Value).SelectMany(item => item)
            .Select(item => (JsonObject)item.Value).Single(item => TestService.Text(item, "operationId") == operation);
        var schema = (JsonObject)((JsonObject)((JsonObject)((JsonObject)described["requestBody"]!)["content"]!)["application/json"]!)["schema"]!;
        foreach (string name in path)
        {
            schema = (JsonObject)((JsonObject)schema["properties"]!)[name]!;
        }

        Assert.Null(schema["type"]);
        Assert.Equal("A JSON value, or its text.", TestService.Text(schema, "description"));
    }

    [Fact]
    public async Task TestState_WithReaderDataAsAValue_IsTaken()
    {
        var request = (JsonObject)JsonValue.Parse("""
            {"roleArn":"arn:aws:iam::123456789012:role/any","input":{},"inspectionLevel":"DEBUG",
             "definition":{"Type":"Map","End":true,"ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"JSON"},"Parameters":{"Bucket":"b","Key":"k"}},
               "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}},
             "mock":{"result":[1]},"stateConfiguration":{"mapItemReaderData":[9007199254740993]}}
            """);
        await using TestServer server = await TestServer.StartAsync();
        (HttpStatusCode status, JsonObject returned) = await SendAsync(server, "POST", "/api/statemachines/teststate", request);

        Assert.Equal((HttpStatusCode.OK, "SUCCEEDED"), (status, returned["status"] is JsonString text ? text.Value : returned.ToString()));
        Assert.Contains("9007199254740993", returned.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, JsonObject Response)> SendAsync(TestServer server, string method, string path, JsonObject? body = null, string? basic = null)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToString(), Encoding.UTF8, "application/json");
        }

        if (basic is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        }

        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, (JsonObject)JsonValue.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
    }
}
