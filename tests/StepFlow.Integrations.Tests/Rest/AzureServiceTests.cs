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
    public async Task OpenAiChat_GivesTheAnswerWithItsTokens()
    {
        Server.On("POST /openai/v1/chat/completions", new ScriptedAnswer(200, """{"choices":[{"message":{"content":"hi"}}],"usage":{"total_tokens":9}}"""));
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
    [InlineData("azure:functions:invoke", """{"Function":"gone"}""", "Functions.FunctionNotFound")]
    [InlineData("azure:functions:invoke", """{"Function":"f"}""", "Functions.StatusCode.418")]
    [InlineData("azure:servicebus:sendMessage", """{"Queue":"q"}""", "ServiceBus.InvalidArgument")]
    [InlineData("azure:servicebus:sendMessage", """{"Queue":"q","Topic":"t","Body":1}""", "ServiceBus.InvalidArgument")]
    [InlineData("azure:servicebus:sendMessage", """{"Queue":"q","Body":1}""", "ServiceBus.EntityNotFound")]
    public async Task Failures_HaveTheServicesName(string resource, string arguments, string error)
    {
        Server.On("POST /openai/v1/embeddings", new ScriptedAnswer(404, """{"error":{"code":"DeploymentNotFound","message":"x"}}"""));
        Server.On("POST /f", new ScriptedAnswer(418, "tea"));
        await using TestIntegrations integrations = Create();

        Assert.Equal(error, (await integrations.RejectAsync(resource, arguments)).Error);
    }

    [Fact]
    public async Task EventGrid_FillsWhatIsMissing_TheSameForARepetition()
    {
        Server.On("POST /events", new ScriptedAnswer(200));
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
    public async Task Function_ByItsName_GivesItsResult()
    {
        Server.On("POST /f", new ScriptedAnswer(200, """{"ok":true}"""));
        await using TestIntegrations integrations = Create();

        Assert.Equal(new TaskCompleted(JsonValue.Parse("""{"ok":true}""")), await integrations.Runner.RunAsync(
            TestIntegrations.Call("azure:functions:invoke", """{"Function":"f","Body":[1]}"""), TestContext.Current.CancellationToken));
        Assert.Equal("[1]", Server.Requests.Single().Body);
    }

    private TestIntegrations Create(params (string Setting, string Value)[] settings) => new(
        [("Rest:gpt:Url", Server.Url + "/openai/v1"), ("Functions:f:Url", Server.Url + "/f"), .. settings]);
}
