using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using StepFlow.Integrations.Http;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Http;

public sealed class HttpInvokeTests
{
    [Fact]
    public async Task Invoke_Success_RespondsWithHeadersBodyAndStatus()
    {
        await using TestServer server = await TestServer.StartAsync(static async context =>
        {
            context.Response.Headers["x-many"] = new(["one", "two"]);
            await context.Response.WriteAsJsonAsync(new { value = 42 }, TestContext.Current.CancellationToken);
        });
        await using TestIntegrations integrations = Allowing(server);

        JsonObject response = await integrations.CompleteAsync("http:invoke", $$"""{"ApiEndpoint": "{{server.Url}}/path", "Method": "GET"}""");

        Assert.Equal(["Headers", "ResponseBody", "StatusCode", "StatusText"], response.Select(static member => member.Key));
        Assert.Equal(JsonValue.Parse("""{"value":42}"""), response["ResponseBody"]);
        Assert.Equal((200, "OK"), (response["StatusCode"], response["StatusText"]));
        Assert.Equal(JsonValue.Parse("""["one","two"]"""), ((JsonObject)response["Headers"]!)["x-many"]);
    }

    [Fact]
    public async Task Invoke_Always_SendsTheArgumentsAndTheCallsKeyAndTrace()
    {
        string seen = string.Empty;
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = string.Join('|', context.Request.Method, context.Request.GetEncodedPathAndQuery(), context.Request.Headers["x-own"], context.Request.ContentType,
                context.Request.Headers["Idempotency-Key"], context.Request.Headers["traceparent"], await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        });
        await using TestIntegrations integrations = Allowing(server);
        TaskCall call = TestIntegrations.Call(
            "http:invoke",
            $$$"""{"ApiEndpoint": "{{{server.Url}}}/a?x=1", "Method": "POST", "Headers": {"x-own": "h"}, "QueryParameters": {"q": ["a b", 2]}, "RequestBody": {"k": [1]}}""",
            "key-3") with
        { TraceParent = "trace" };

        await integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken);

        Assert.Equal("POST|/a?x=1&q=a%20b&q=2|h|application/json|key-3|trace|{\"k\":[1]}", seen);
    }

    [Theory]
    [InlineData("INDICES", "a=1&b[0]=x&b[1]=y%20z&c[d]=true")]
    [InlineData("REPEAT", "a=1&b=x&b=y%20z&c[d]=true")]
    [InlineData("COMMAS", "a=1&b=x,y%20z&c[d]=true")]
    [InlineData("BRACKETS", "a=1&b[]=x&b[]=y%20z&c[d]=true")]
    public void Encode_ArrayFormat_WritesTheForm(string format, string expected) =>
        Assert.Equal(expected, FormEncoder.Encode(JsonValue.Parse("""{"a": 1, "b": ["x", "y z"], "c": {"d": true}}"""), format));

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Invoke_AnotherStatus_FailsByItsNumberWithTheBodyAsCause(int status)
    {
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "http://169.254.169.254/";
            await context.Response.WriteAsync("why", TestContext.Current.CancellationToken);
        });
        await using TestIntegrations integrations = Allowing(server);

        TaskRejected rejected = await integrations.RejectAsync("http:invoke", Get(server.Url));

        Assert.Equal(($"States.Http.StatusCode.{status}", "why"), (rejected.Error, rejected.Cause));
    }

    [Fact]
    public async Task Invoke_TooSlow_IsASocketError()
    {
        await using TestServer server = await TestServer.StartAsync(static context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using TestIntegrations integrations = Allowing(server, ("Http:TimeoutSeconds", "1"));

        TaskRejected rejected = await integrations.RejectAsync("http:invoke", Get(server.Url));

        Assert.Equal((HttpErrors.Socket, HttpErrors.Timeout(1)), (rejected.Error, rejected.Cause));
    }

    [Theory]
    [InlineData("https://localhost:1/")]
    [InlineData("https://127.0.0.1:1/")]
    [InlineData("https://[::1]:1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.0.0.1/")]
    public async Task Invoke_InsideTheOwnNetwork_IsRefused(string url)
    {
        await using var integrations = new TestIntegrations([]);

        TaskRejected rejected = await integrations.RejectAsync("http:invoke", Get(url));

        Assert.Equal(HttpErrors.Socket, rejected.Error);
        Assert.Contains("is in a private network", rejected.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://other.example/", "States.Permissions")]
    [InlineData("http://api.example.com/", "States.Runtime")]
    [InlineData("file:///etc/passwd", "States.Runtime")]
    [InlineData("no url", "States.Runtime")]
    public async Task Invoke_HostNotListed_IsRefused(string url, string error)
    {
        await using var integrations = new TestIntegrations([("Http:AllowedHosts:0", "*.example.com")]);

        TaskRejected rejected = await integrations.RejectAsync("http:invoke", Get(url));

        Assert.Equal(error, rejected.Error);
    }

    [Theory]
    [InlineData("Basic", "Basic dXNlcjpwYXNz")]
    [InlineData("ApiKey", "")]
    public async Task Invoke_OverAConnection_IsAuthorised(string kind, string authorization)
    {
        string seen = "none";
        string key = string.Empty;
        await using TestServer server = await TestServer.StartAsync(context =>
        {
            seen = context.Request.Headers.Authorization.ToString();
            key = context.Request.Headers["x-key"].ToString();
            return Task.CompletedTask;
        });
        await using TestIntegrations integrations = Allowing(
            server,
            ("Http:Connections:mine:Authorization", kind), ("Http:Connections:mine:UserName", "user"), ("Http:Connections:mine:Password", "pass"),
            ("Http:Connections:mine:ApiKeyName", "x-key"), ("Http:Connections:mine:ApiKeyValue", "value"));

        await integrations.CompleteAsync("http:invoke", $$$"""{"ApiEndpoint": "{{{server.Url}}}", "Method": "GET", "Authentication": {"ConnectionArn": "arn:aws:events:us-east-1:000000000000:connection/mine/1234"}}""");

        Assert.Equal(authorization, seen);
        Assert.Equal(kind == "ApiKey" ? "value" : "", key);
    }

    [Fact]
    public async Task Invoke_OAuthConnection_FetchesItsTokenOnce()
    {
        int tokens = 0;
        string seen = string.Empty;
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            if (context.Request.Path == "/token")
            {
                tokens++;
                await context.Response.WriteAsync("""{"access_token": "t1", "expires_in": 3600}""", TestContext.Current.CancellationToken);
                return;
            }

            seen = context.Request.Headers.Authorization.ToString();
        });
        await using TestIntegrations integrations = Allowing(
            server,
            ("Http:Connections:mine:Authorization", "OAuthClientCredentials"), ("Http:Connections:mine:TokenEndpoint", server.Url + "/token"),
            ("Http:Connections:mine:ClientId", "id"), ("Http:Connections:mine:ClientSecret", "secret"));
        string arguments = $$$"""{"ApiEndpoint": "{{{server.Url}}}", "Method": "GET", "Authentication": {"ConnectionArn": "mine"}}""";

        await integrations.CompleteAsync("http:invoke", arguments);
        await integrations.CompleteAsync("http:invoke", arguments);

        Assert.Equal(("Bearer t1", 1), (seen, tokens));
    }

    [Fact]
    public async Task Invoke_UnknownConnection_NamesTheSettingToAdd()
    {
        await using var integrations = new TestIntegrations([]);

        TaskRejected rejected = await integrations.RejectAsync("http:invoke", """{"ApiEndpoint": "https://example.com", "Method": "GET", "Authentication": {"ConnectionArn": "none"}}""");

        Assert.Equal(HttpErrors.UnknownConnection("none"), rejected.Cause);
    }

    [Fact]
    public async Task Invoke_HeaderOfTheConnection_IsRefused()
    {
        await using var integrations = new TestIntegrations([]);

        TaskRejected rejected = await integrations.RejectAsync("http:invoke", """{"ApiEndpoint": "https://example.com", "Method": "GET", "Headers": {"Host": "evil"}}""");

        Assert.Equal(HttpErrors.HeaderRefused("Host"), rejected.Cause);
    }

    [Theory]
    [InlineData("bad name", "v")]
    [InlineData("", "v")]
    [InlineData("x:y", "v")]
    [InlineData("größe", "v")]
    [InlineData("x-own", "a\r\nHost: evil")]
    [InlineData("x-own", "a\nb")]
    [InlineData("x-own", "a\0b")]
    [InlineData("x-own", "größe")]
    [InlineData("Content-Type", "text/plain\r\n\r\nGET / HTTP/1.1")]
    public async Task Invoke_HeaderThatIsNone_FailsTheTaskAndSendsNothing(string name, string value)
    {
        int requests = 0;
        await using TestServer server = await TestServer.StartAsync(_ =>
        {
            Interlocked.Increment(ref requests);
            return Task.CompletedTask;
        });
        await using TestIntegrations integrations = Allowing(server);
        var arguments = (JsonObject)JsonValue.Parse(Get(server.Url));

        foreach (JsonValue given in (JsonValue[])[value, JsonArray.Create("fine", value)])
        {
            TaskCall call = TestIntegrations.Call("http:invoke", "{}") with { Arguments = arguments.With("RequestBody", "b").With("Headers", JsonObject.Create((name, given))) };
            var rejected = Assert.IsType<TaskRejected>(await integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken));
            Assert.Contains("header", rejected.Cause, StringComparison.Ordinal);
        }

        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task Invoke_Shown_ShowsRequestAndResponseAndHidesWhatTheConnectionAdds()
    {
        await using TestServer server = await TestServer.StartAsync(static context => context.Response.WriteAsync("body", TestContext.Current.CancellationToken));
        await using TestIntegrations integrations = Allowing(
            server,
            ("Http:Connections:mine:Authorization", "Basic"), ("Http:Connections:mine:UserName", "user"), ("Http:Connections:mine:Password", "pass"),
            ("Http:Connections:mine:Headers:x-added", "hidden header"), ("Http:Connections:mine:QueryParameters:key", "hidden key"));
        var shown = new List<HttpExchange>();
        TaskCall call = TestIntegrations.Call(
            "http:invoke",
            $$$"""{"ApiEndpoint": "{{{server.Url}}}/a", "Method": "POST", "Headers": {"x-own": "h"}, "QueryParameters": {"q": 1}, "RequestBody": {"k": 1}, "Authentication": {"ConnectionArn": "mine"}}""",
            "id") with
        { Exchanged = shown.Add };

        await integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken);

        Assert.Equal([null, 200], shown.Select(static exchange => exchange.StatusCode));
        HttpExchange last = shown[1];
        Assert.Equal(("http", "POST", "{\"k\":1}", "OK", "body"), (last.Protocol, last.Method, last.RequestBody, last.StatusText, last.ResponseBody));
        Assert.Equal(($"{server.Url}/a?q=1&key=hidden%20key", $"{server.Url}/a?q=1&key=***"), (last.Url.Revealed, last.Url.Hidden));
        Dictionary<string, ExchangedText> headers = last.RequestHeaders.ToDictionary(StringComparer.OrdinalIgnoreCase);
        Assert.Equal(new ExchangedText("h", "h"), headers["x-own"]);
        Assert.Equal(new ExchangedText("hidden header", "***"), headers["x-added"]);
        Assert.Equal(new ExchangedText("Basic dXNlcjpwYXNz", "***"), headers["Authorization"]);
        Assert.Equal("application/json", headers["Content-Type"].Hidden);
    }

    private static TestIntegrations Allowing(TestServer server, params (string, string)[] settings) =>
        new([("Http:AllowedHosts:0", $"127.0.0.1:{server.Port}"), .. settings]);

    private static string Get(string url) => $$"""{"ApiEndpoint": "{{url}}", "Method": "GET"}""";
}
