using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Rest;

/// <summary>The services of Azure that are REST targets: Azure OpenAI and Event Grid; and functions by their names.</summary>
public sealed class AzureServiceTests : IAsyncLifetime
{
    private ScriptedServer? _server;

    private ScriptedServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await ScriptedServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task OpenAiChat_ReturnsTheResponseWithItsTokens()
    {
        Server.On("POST /openai/v1/chat/completions", new ScriptedResponse(200, """{"choices":[{"message":{"content":"hi"}}],"usage":{"total_tokens":9}}"""));
        await using TestIntegrations integrations = Create();

        JsonObject result = await integrations.CompleteAsync("azure:openai:createChatCompletion", """{"Target":"gpt","model":"m","messages":[{"role":"user","content":"hello"}]}""");

        Assert.Equal("""{"total_tokens":9}""", result["usage"]!.ToString());
        Assert.Equal("""{"model":"m","messages":[{"role":"user","content":"hello"}]}""", Server.Requests.Single().Body);
    }

    [Theory]
    [InlineData("azure:openai:createEmbeddings", """{"Target":"gpt","model":"m","input":"a"}""", "OpenAI.DeploymentNotFound")]
    [InlineData("azure:openai:createEmbeddings", """{"Target":"gpt"}""", "OpenAI.InvalidArgument")]
    [InlineData("azure:openai:createChatCompletion", """{"Target":"gpt","model":"m","stream":true}""", "OpenAI.InvalidArgument")]
    [InlineData("azure:openai:createChatCompletion", """{"model":"m"}""", "OpenAI.TargetNotFound")]
    [InlineData("azure:eventgrid:publishEvents", """{"Topic":"gone","Events":[{"eventType":"t","subject":"s"}]}""", "EventGrid.TopicNotFound")]
    [InlineData("azure:eventgrid:publishEvents", """{"Topic":"gpt","Events":[{"subject":"s"}]}""", "EventGrid.InvalidArgument")]
    [InlineData("azure:eventhubs:sendEvents", """{"EventHub":"gone","Events":[{"Body":1}]}""", "EventHubs.EventHubNotFound")]
    [InlineData("azure:eventhubs:sendEvents", """{"EventHub":"gpt","Events":[{}]}""", "EventHubs.InvalidArgument")]
    [InlineData("azure:logicapps:triggerWorkflow", """{"Workflow":"gone"}""", "LogicApps.WorkflowNotFound")]
    [InlineData("azure:logicapps:triggerWorkflow", "{}", "LogicApps.InvalidArgument")]
    [InlineData("azure:durablefunctions:startOrchestration", """{"Orchestrator":"o"}""", "DurableFunctions.TargetNotFound")]
    [InlineData("azure:durablefunctions:startOrchestration", "{}", "DurableFunctions.InvalidArgument")]
    [InlineData("azure:durablefunctions:raiseEvent", """{"EventName":"e"}""", "DurableFunctions.InvalidArgument")]
    [InlineData("azure:functions:invoke", """{"Function":"gone"}""", "Functions.FunctionNotFound")]
    [InlineData("azure:functions:invoke", """{"Function":"f"}""", "Functions.StatusCode.418")]
    [InlineData("azure:servicebus:sendMessage", """{"Queue":"q"}""", "ServiceBus.InvalidArgument")]
    [InlineData("azure:servicebus:sendMessage", """{"Queue":"q","Topic":"t","Body":1}""", "ServiceBus.InvalidArgument")]
    [InlineData("azure:servicebus:sendMessage", """{"Queue":"q","Body":1}""", "ServiceBus.EntityNotFound")]
    public async Task Failures_HaveTheServicesName(string resource, string arguments, string error)
    {
        Server.On("POST /openai/v1/embeddings", new ScriptedResponse(404, """{"error":{"code":"DeploymentNotFound","message":"x"}}"""));
        Server.On("POST /f", new ScriptedResponse(418, "tea"));
        await using TestIntegrations integrations = Create();

        Assert.Equal(error, (await integrations.RejectAsync(resource, arguments)).Error);
    }

    [Fact]
    public async Task EventGrid_FillsWhatIsMissing_TheSameForARepetition()
    {
        Server.On("POST /events", new ScriptedResponse(200));
        await using TestIntegrations integrations = Create(("Rest:topic:Url", Server.Url + "/events"));
        const string Arguments = """{"Topic":"topic","Events":[{"eventType":"t","subject":"s","data":{"a":1}},{"id":"own","eventType":"t","subject":"s"}]}""";

        JsonObject result = await integrations.CompleteAsync("azure:eventgrid:publishEvents", Arguments);
        JsonObject again = await integrations.CompleteAsync("azure:eventgrid:publishEvents", Arguments);

        Assert.Equal(result, again);
        Assert.Equal("own", ((JsonArray)result["Ids"]!)[1]);
        (string line, string body) = Server.Requests.First();
        var first = (JsonObject)((JsonArray)JsonValue.Parse(body))[0];
        Assert.Equal(("POST /events?api-version=2018-01-01", "1.0", """{"a":1}"""), (line, first["dataVersion"], first["data"]!.ToString()));
    }

    [Fact]
    public async Task EventHub_IsSentABatch()
    {
        Server.On("POST /hub/messages", new ScriptedResponse(201));
        await using TestIntegrations integrations = Create(("Rest:telemetry:Url", Server.Url + "/hub"));

        await integrations.CompleteAsync("azure:eventhubs:sendEvents", """{"EventHub":"telemetry","Events":[{"Body":"a"},{"Body":{"n":1},"PartitionKey":"k","Properties":{"p":"q"}}]}""");

        Assert.Equal(
            ("POST /hub/messages?api-version=2014-01", """[{"Body":"a"},{"Body":"{\"n\":1}","BrokerProperties":{"PartitionKey":"k"},"UserProperties":{"p":"q"}}]"""), Server.Requests.Single());
    }

    [Fact]
    public async Task LogicApp_WithSync_GivesTheResponseThatComesLater()
    {
        Server.On("POST /workflow/run", new ScriptedResponse(202, "", ("Location", "{url}/workflow/runs/1"), ("Retry-After", "0")));
        Server.On("GET /workflow/runs/1", new(202, "", ("Retry-After", "0")), new(200, """{"done":true}"""));
        await using TestIntegrations integrations = Create(
            ("Rest:approve:Url", Server.Url + "/workflow/run"), ("Rest:approve:Connection", "approve"), ("Http:Connections:approve:Authorization", "None"), ("Http:Connections:approve:QueryParameters:sig", "s"));

        JsonObject result = await integrations.CompleteAsync("azure:logicapps:triggerWorkflow.sync", """{"Workflow":"approve","Body":{"n":1}}""");

        Assert.Equal("""{"done":true}""", result.ToString());
        Assert.Equal(("POST /workflow/run?sig=s", """{"n":1}"""), Server.Requests.First());
    }

    [Fact]
    public async Task Orchestration_WithSync_IsWaitedFor()
    {
        (string start, string instance) = Orchestration();
        Server.On("POST " + start, new ScriptedResponse(202, """{"statusQueryGetUri":"http://elsewhere/?code=secret"}""", ("Location", "http://elsewhere/?code=secret"), ("Retry-After", "0")));
        Server.On("GET " + instance, new(202, """{"runtimeStatus":"Running"}""", ("Retry-After", "0")), new(200, """{"runtimeStatus":"Completed","output":[1]}"""));
        await using TestIntegrations integrations = Create([.. App()]);

        JsonObject result = await integrations.CompleteAsync("azure:durablefunctions:startOrchestration.sync", """{"Orchestrator":"ship","Input":{"n":1}}""");

        Assert.Equal($$"""{"InstanceId":"{{instance.Split('/')[^1]}}","Output":[1],"RuntimeStatus":"Completed"}""", result.ToString());
        Assert.Equal(($"POST {start}?code=key", """{"n":1}"""), Server.Requests.First());
        Assert.Equal($"GET {instance}?code=key", Server.Lines[^1]);
    }

    [Theory]
    [InlineData("Failed", "DurableFunctions.OperationFailed")]
    [InlineData("Terminated", "DurableFunctions.OperationCanceled")]
    public async Task Orchestration_ThatEndsBadly_FailsTheTask(string status, string error)
    {
        (string start, string instance) = Orchestration();
        Server.On("POST " + start, new ScriptedResponse(202, "{}", ("Retry-After", "0")));
        Server.On("GET " + instance, new ScriptedResponse(200, $$"""{"runtimeStatus":"{{status}}","output":"why"}"""));
        await using TestIntegrations integrations = Create([.. App()]);

        TaskRejected rejected = await integrations.RejectAsync("azure:durablefunctions:startOrchestration.sync", """{"Orchestrator":"ship"}""");

        Assert.Equal(error, rejected.Error);
        Assert.DoesNotContain("code=", rejected.Cause, StringComparison.Ordinal);
    }

    /// <summary>The process ended after the start and before the result was stored: the service has the instance already.</summary>
    [Fact]
    public async Task Orchestration_StartedByAnEarlierAttempt_IsJoined()
    {
        (string start, string instance) = Orchestration();
        Server.On("POST " + start, new ScriptedResponse(409));
        Server.On("GET " + instance, new ScriptedResponse(200, """{"runtimeStatus":"Completed","output":1}"""));
        await using TestIntegrations integrations = Create([.. App()]);

        JsonObject joined = await integrations.CompleteAsync("azure:durablefunctions:startOrchestration.sync", """{"Orchestrator":"ship"}""");

        Assert.Equal(1, joined["Output"]);
        Server.On("POST /runtime/webhooks/durabletask/orchestrators/ship/own", new ScriptedResponse(409));
        Assert.Equal("DurableFunctions.StatusCode.409", (await integrations.RejectAsync("azure:durablefunctions:startOrchestration", """{"Orchestrator":"ship","InstanceId":"own"}""")).Error);
    }

    [Fact]
    public async Task Orchestration_WhoseTaskIsStopped_IsTerminated()
    {
        (string start, string instance) = Orchestration();
        Server.On("POST " + start, new ScriptedResponse(202, "{}", ("Retry-After", "0")));
        Server.On("GET " + instance, new ScriptedResponse(202, "{}", ("Retry-After", "60")));
        Server.On($"POST {instance}/terminate", new ScriptedResponse(202));
        await using TestIntegrations integrations = Create([.. App()]);
        using var stop = new CancellationTokenSource();
        TaskCall call = TestIntegrations.Call("azure:durablefunctions:startOrchestration.sync", """{"Orchestrator":"ship"}""") with
        {
            Submitted = async (_, _) => await stop.CancelAsync(),
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => integrations.Runner.RunAsync(call, stop.Token));

        Assert.StartsWith($"POST {instance}/terminate?", Server.Lines[^1], StringComparison.Ordinal);
    }

    /// <summary>What is stored of an operation, and goes through a host's own history, holds no key.</summary>
    [Theory]
    [InlineData("azure:durablefunctions:startOrchestration.sync", """{"Orchestrator":"ship"}""")]
    [InlineData("azure:rest:call.sync", """{"Url":"URL/x","Method":"POST"}""")]
    public async Task Operation_ThatIsStored_ContainsNoKey(string resource, string arguments)
    {
        (string start, string instance) = Orchestration();
        Server.On("POST " + start, new ScriptedResponse(202, "{}"));
        Server.On("POST /x", new ScriptedResponse(202, "{}", ("Location", "{url}/x/1")));
        Server.On("GET /x/1", new ScriptedResponse(200, "{}"));
        Server.On("GET " + instance, new ScriptedResponse(200, """{"runtimeStatus":"Completed"}"""));
        await using TestIntegrations integrations = Create([.. App()]);
        TaskCall call = TestIntegrations.Call(resource, arguments.Replace("URL", Server.Url, StringComparison.Ordinal)) with { PollsJobs = true };

        var pending = Assert.IsType<TaskPending>(await integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken));
        Assert.IsType<TaskCompleted>(await integrations.Runner.RunAsync(call with { JobReference = pending.Reference }, TestContext.Current.CancellationToken));

        Assert.DoesNotContain("key", pending.ToString(), StringComparison.Ordinal);
        Assert.All(Server.Lines, static line => Assert.EndsWith("?code=key", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("raiseEvent", """{"InstanceId":"i","EventName":"e","Data":[1]}""", "POST /runtime/webhooks/durabletask/instances/i/raiseEvent/e?code=key", "[1]")]
    [InlineData("terminate", """{"InstanceId":"i","Reason":"r"}""", "POST /runtime/webhooks/durabletask/instances/i/terminate?reason=r&code=key", "")]
    public async Task Instance_IsReported(string action, string arguments, string line, string body)
    {
        Server.On(line[..line.IndexOf('?', StringComparison.Ordinal)], new ScriptedResponse(202));
        await using TestIntegrations integrations = Create([.. App()]);

        Assert.Empty(await integrations.CompleteAsync("azure:durablefunctions:" + action, arguments));
        Assert.Equal((line, body), Server.Requests.Single());
    }

    /// <summary>Where the orchestration of the tests' call is started, and where it is.</summary>
    private static (string Start, string Instance) Orchestration()
    {
        string id = Responses.RequestId.Derive("call-1", "orchestration");
        return ($"/runtime/webhooks/durabletask/orchestrators/ship/{id}", $"/runtime/webhooks/durabletask/instances/{id}");
    }

    /// <summary>A function app whose key is a parameter of the query.</summary>
    private (string, string)[] App() =>
    [
        ("Rest:durablefunctions:Url", Server.Url), ("Rest:durablefunctions:Connection", "app"),
        ("Http:Connections:app:Authorization", "None"), ("Http:Connections:app:QueryParameters:code", "key"),
    ];

    [Fact]
    public async Task Function_ByItsName_GivesItsResult()
    {
        Server.On("POST /f", new ScriptedResponse(200, """{"ok":true}"""));
        await using TestIntegrations integrations = Create();

        Assert.Equal(new TaskCompleted(JsonValue.Parse("""{"ok":true}""")), await integrations.Runner.RunAsync(
            TestIntegrations.Call("azure:functions:invoke", """{"Function":"f","Body":[1]}"""), TestContext.Current.CancellationToken));
        Assert.Equal("[1]", Server.Requests.Single().Body);
    }

    private TestIntegrations Create(params (string Setting, string Value)[] settings) => new(
        [("Rest:gpt:Url", Server.Url + "/openai/v1"), ("Functions:f:Url", Server.Url + "/f"), .. settings]);
}
