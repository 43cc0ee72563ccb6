using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Rest;

/// <summary><c>azure:rest:call</c> and REST targets, against a server that plays Azure Resource Manager.</summary>
public sealed class RestCallTests : IAsyncLifetime
{
    private static readonly (string, string) Soon = ("Retry-After", "0");

    private ScriptedServer? _server;

    private ScriptedServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await ScriptedServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>With its length in a header, and without: the length in the header can be wrong.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Response_OfFiftyMegabytes_IsRefusedWithTheSettingThatAllowsMore(bool tellsLength)
    {
        const int Length = 50 * 1024 * 1024;
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            context.Response.ContentLength = tellsLength ? Length : null;
            try
            {
                for (int sent = 0; sent < Length; sent += 1024 * 1024)
                {
                    await context.Response.Body.WriteAsync(new byte[1024 * 1024], context.RequestAborted);
                }
            }
            catch (OperationCanceledException)
            {
                // It was not read to its end.
            }
        });
        await using var integrations = new TestIntegrations([("Rest:big:Url", server.Url), ("Resources:arn:aws:states:::big:get:Rest", "big")]);

        foreach (TaskRejected rejected in (TaskRejected[])[await integrations.RejectAsync("azure:rest:call", $$"""{"Url":"{{server.Url}}/x"}"""), await integrations.RejectAsync("big:get", "{}")])
        {
            Assert.Equal("States.DataLimitExceeded", rejected.Error);
            Assert.Contains("larger than 6291456 bytes. See the setting 'StepFlow:Rest:big:MaxResponseBytes'", rejected.Cause, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Call_OfATarget_IsAuthorisedAndSucceeds()
    {
        Server.On("PATCH /api/things/1", new ScriptedResponse(200, """{"a":1}""", ("x-extra", "e")));
        await using TestIntegrations integrations = Create();

        JsonObject result = await integrations.CompleteAsync(
            "azure:rest:call", Arguments("/api/things/1", "PATCH", ""","Body":{"n":2},"Headers":{"If-Match":"*"},"QueryParameters":{"api-version":"1"}"""));

        Assert.Equal((200, "e", """{"a":1}"""), (result["StatusCode"], ((JsonObject)result["Headers"]!)["x-extra"], result["Body"]!.ToString()));
        Assert.Equal(("PATCH /api/things/1?api-version=1", """{"n":2}"""), Server.Requests.Single());
        Assert.Equal("Bearer token of scope", Server.Authorizations.Single());
    }

    [Fact]
    public async Task PutSync_AsyncOperation_EndsWithTheResource()
    {
        Server.On("PUT /api/d", new ScriptedResponse(201, """{"properties":{"provisioningState":"Accepted"}}""", ("Azure-AsyncOperation", "{url}/api/op"), Soon));
        Server.On("GET /api/op", new(200, """{"status":"Running"}""", Soon), new(200, """{"status":"Succeeded"}"""));
        Server.On("GET /api/d", new ScriptedResponse(200, """{"properties":{"provisioningState":"Succeeded","x":1}}"""));
        await using TestIntegrations integrations = Create();

        JsonObject result = await integrations.CompleteAsync("azure:rest:call.sync", Arguments("/api/d", "PUT", ""","Body":{}"""));

        Assert.Equal("""{"properties":{"provisioningState":"Succeeded","x":1}}""", result["Body"]!.ToString());
        Assert.Equal(["PUT /api/d", "GET /api/op", "GET /api/op", "GET /api/d"], Server.Lines);
    }

    [Fact]
    public async Task PostSync_Location_EndsWithItsLastResponse()
    {
        Server.On("POST /api/run", new ScriptedResponse(202, string.Empty, ("Location", "/api/op/1"), Soon));
        Server.On("GET /api/op/1", new ScriptedResponse(202, string.Empty, ("Location", "/api/op/2"), Soon));
        Server.On("GET /api/op/2", new(202, string.Empty, Soon), new(200, """{"done":true}"""));
        await using TestIntegrations integrations = Create();

        JsonObject result = await integrations.CompleteAsync("azure:rest:call.sync", Arguments("/api/run", "POST"));

        Assert.Equal("""{"done":true}""", result["Body"]!.ToString());
    }

    [Fact]
    public async Task PutSync_ProvisioningState_IsFollowedAtTheResource()
    {
        Server.On("PUT /api/r", new ScriptedResponse(201, """{"properties":{"provisioningState":"Creating"}}""", Soon));
        Server.On("GET /api/r", new(200, """{"properties":{"provisioningState":"Updating"}}""", Soon), new(200, """{"properties":{"provisioningState":"Failed"}}"""));
        await using TestIntegrations integrations = Create();

        Assert.Equal("Rest.OperationFailed", (await integrations.RejectAsync("azure:rest:call.sync", Arguments("/api/r", "PUT"))).Error);
    }

    [Theory]
    [InlineData("""{"status":"Failed","error":{"code":"QuotaExceeded","message":"no"}}""", "Rest.QuotaExceeded")]
    [InlineData("""{"status":"Failed"}""", "Rest.OperationFailed")]
    [InlineData("""{"status":"Canceled"}""", "Rest.OperationCanceled")]
    [InlineData("""{"status":"Cancelled"}""", "Rest.OperationCanceled")]
    public async Task Operation_ThatEndsBadly_IsTheTasksFailure(string end, string error)
    {
        Server.On("POST /api/run", new ScriptedResponse(202, string.Empty, ("Azure-AsyncOperation", "{url}/api/op"), Soon));
        Server.On("GET /api/op", new ScriptedResponse(200, end));
        await using TestIntegrations integrations = Create();

        Assert.Equal(error, (await integrations.RejectAsync("azure:rest:call.sync", Arguments("/api/run", "POST"))).Error);
    }

    [Fact]
    public async Task Throttling_OfRequestAndOperation_IsWaitedOut()
    {
        Server.On("POST /api/run", new(429, string.Empty, Soon), new(503, string.Empty, Soon), new(202, string.Empty, ("Location", "{url}/api/op"), Soon));
        Server.On("GET /api/op", new(429, string.Empty, Soon), new(200, "{}"));
        await using TestIntegrations integrations = Create();

        await integrations.CompleteAsync("azure:rest:call.sync", Arguments("/api/run", "POST"));

        Assert.Equal(5, Server.Requests.Count);
    }

    [Fact]
    public async Task Throttling_WithoutEnd_IsAnOutageThatTheHostRepeats()
    {
        Server.On("GET /api/a", new ScriptedResponse(429, string.Empty, Soon));
        await using TestIntegrations integrations = Create();

        await Assert.ThrowsAsync<TaskOutageException>(() => integrations.RunAsync("azure:rest:call", Arguments("/api/a", "GET")));
    }

    [Theory]
    [InlineData("Delete", "DELETE /api/op")]
    [InlineData("Post", "POST /api/run/cancel")]
    [InlineData("None", "GET /api/op")]
    public async Task TaskCancelled_CancelsTheOperationAsTheSettingsDefine(string cancel, string last)
    {
        Server.On("POST /api/run", new ScriptedResponse(202, string.Empty, ("Azure-AsyncOperation", "{url}/api/op"), Soon));
        Server.On("GET /api/op", new ScriptedResponse(200, """{"status":"Running"}""", ("Retry-After", "600")));
        Server.On("DELETE /api/op", new ScriptedResponse(204));
        Server.On("POST /api/run/cancel", new ScriptedResponse(204));
        await using TestIntegrations integrations = Create(("Rest:things:Cancel", cancel));
        using var giveUp = new CancellationTokenSource();
        Task<TaskOutcome> run = integrations.Runner.RunAsync(TestIntegrations.Call("azure:rest:call.sync", Arguments("/api/run", "POST")), giveUp.Token);
        while (!Server.Lines.Contains("GET /api/op"))
        {
            // Real time on purpose: the server works.
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
        }

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.Equal(last, Server.Lines[^1]);
    }

    /// <summary>The service has the operation already, and only its response identifies it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TaskCancelled_WhileItsOperationIsStarted_CancelsTheOperation(bool pollsJobs)
    {
        Server.On("POST /api/run", new ScriptedResponse(202, string.Empty, ("Azure-AsyncOperation", "{url}/api/op"), Soon));
        Server.On("DELETE /api/op", new ScriptedResponse(204));
        await using TestIntegrations integrations = Create(("Rest:things:Cancel", "Delete"));
        using var giveUp = new CancellationTokenSource();
        Server.Receiving = line => (line == "POST /api/run" ? giveUp : new()).Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => integrations.Runner.RunAsync(
            TestIntegrations.Call("azure:rest:call.sync", Arguments("/api/run", "POST")) with { PollsJobs = pollsJobs }, giveUp.Token));

        Assert.Equal(["POST /api/run", "DELETE /api/op"], Server.Lines);
    }

    [Fact]
    public async Task Repetition_PollsTheOperationAndDoesNotSendAgain()
    {
        Server.On("POST /api/run", new ScriptedResponse(202, string.Empty, ("Location", "{url}/api/op"), Soon));
        Server.On("GET /api/op", new ScriptedResponse(200, """{"done":true}"""));
        await using TestIntegrations integrations = Create();
        TaskCall call = TestIntegrations.Call("azure:rest:call.sync", Arguments("/api/run", "POST"));

        await Assert.ThrowsAsync<IOException>(() => integrations.Runner.RunAsync(
            call with { Submitted = static (_, _) => Task.FromException(new IOException("The server is killed.")) }, TestContext.Current.CancellationToken));
        TaskOutcome outcome = await integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken);

        Assert.IsType<TaskCompleted>(outcome);
        Assert.Single(Server.Lines, static line => line == "POST /api/run");
    }

    [Fact]
    public async Task OperationOnAnotherServer_IsNotPolledWithTheToken()
    {
        Server.On("POST /api/run", new ScriptedResponse(202, string.Empty, ("Location", "https://other.example.com/op")));
        await using TestIntegrations integrations = Create();

        TaskRejected rejected = await integrations.RejectAsync("azure:rest:call.sync", Arguments("/api/run", "POST"));

        Assert.Equal("Rest.OperationElsewhere", rejected.Error);
        Assert.Contains("https://other.example.com", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResponseOfFiftyMegabytes_IsRefusedWithTheSettingsName()
    {
        Server.On("GET /api/big", new ScriptedResponse(200, '"' + new string('x', 50_000_000) + '"'));
        await using TestIntegrations integrations = Create();

        TaskRejected rejected = await integrations.RejectAsync("azure:rest:call", Arguments("/api/big", "GET"));

        Assert.Equal("States.DataLimitExceeded", rejected.Error);
        Assert.Contains("larger than 6291456 bytes. See the setting 'StepFlow:Rest:things:MaxResponseBytes'", rejected.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/apis", "GET", "", "Rest.NotAllowed")]
    [InlineData("/other", "GET", "", "Rest.NotAllowed")]
    [InlineData("/api/../other", "GET", "", "Rest.NotAllowed")]
    [InlineData("/api/%2e%2e/other", "GET", "", "Rest.NotAllowed")]
    [InlineData("/api/a", "TRACE", "", "Rest.InvalidArgument")]
    [InlineData("/api/a", "GET", ""","Headers":{"Authorization":"x"}""", "Rest.InvalidArgument")]
    [InlineData("/api/a", "GET", ""","Headers":{"Host":"x"}""", "Rest.InvalidArgument")]
    [InlineData("/api/missing", "GET", "", "Rest.NotFound")]
    public async Task Call_ThatMayNotBe_IsRefused(string path, string method, string more, string error)
    {
        await using TestIntegrations integrations = Create();

        Assert.Equal(error, (await integrations.RejectAsync("azure:rest:call", Arguments(path, method, more))).Error);
        Assert.Equal(error == "Rest.NotFound" ? 1 : 0, Server.Requests.Count);
    }

    [Fact]
    public async Task MappedResource_PostsItsArgumentsAndGivesTheBody()
    {
        Server.On("POST /api/bedrock/invokeModel", new ScriptedResponse(200, """{"choices":[]}"""));
        await using TestIntegrations integrations = Create(("Rest:chat:Url", Server.Url + "/api/{service}/{action}"), ("Resources:arn:aws:states:::bedrock:invokeModel:Rest", "chat"));

        JsonObject result = await integrations.CompleteAsync("bedrock:invokeModel", """{"ModelId":"m"}""");

        Assert.Equal("""{"choices":[]}""", result.ToString());
        Assert.Equal("""{"ModelId":"m"}""", Server.Requests.Single().Body);
    }

    private string Arguments(string path, string method, string more = "") => $$"""{"Url":"{{Server.Url}}{{path}}","Method":"{{method}}"{{more}}}""";

    private TestIntegrations Create(params (string Setting, string Value)[] settings) => new(
        [
            ("Rest:things:Url", Server.Url + "/api"), ("Rest:things:Connection", "own"),
            ("Http:Connections:own:Authorization", "ManagedIdentity"), ("Http:Connections:own:Scope", "scope"), .. settings,
        ],
        static services => services.AddSingleton<TokenCredential, FakeCredential>());
}
