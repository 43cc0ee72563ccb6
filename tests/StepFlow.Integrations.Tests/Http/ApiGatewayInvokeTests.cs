using Microsoft.AspNetCore.Http;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Http;

public sealed class ApiGatewayInvokeTests
{
    private const string Endpoint = "abc.execute-api.us-east-1.amazonaws.com";

    [Fact]
    public async Task Invoke_ListedEndpoint_CallsStageAndPathThere()
    {
        string seen = string.Empty;
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            seen = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers["h"]}";
            await context.Response.WriteAsJsonAsync(new { hello = "world" }, TestContext.Current.CancellationToken);
        });
        await using TestIntegrations integrations = Listing(server);

        JsonObject response = await integrations.CompleteAsync(
            "apigateway:invoke",
            $$"""{"ApiEndpoint": "{{Endpoint}}", "Method": "POST", "Stage": "dev", "Path": "/a/b", "Headers": {"h": ["one"]}, "QueryParameters": {"q": ["1"]}, "RequestBody": {} }""");

        Assert.Equal("POST /api/dev/a/b?q=1 one", seen);
        Assert.Equal(JsonValue.Parse("""{"hello":"world"}"""), response["ResponseBody"]);
        Assert.True(((JsonObject)response["Headers"]!).ContainsKey("Content-Type"));
    }

    [Fact]
    public async Task Invoke_AnotherStatus_FailsByItsNumber()
    {
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            context.Response.StatusCode = 403;
            await context.Response.WriteAsync("""{"message":"no"}""", TestContext.Current.CancellationToken);
        });
        await using TestIntegrations integrations = Listing(server);

        TaskRejected rejected = await integrations.RejectAsync("apigateway:invoke", $$"""{"ApiEndpoint": "{{Endpoint}}", "Method": "GET"}""");

        Assert.Equal(("ApiGateway.403", """{"message":"no"}"""), (rejected.Error, rejected.Cause));
    }

    [Fact]
    public async Task Invoke_HeadersThatAreNoArrays_AreRefused()
    {
        await using var integrations = new TestIntegrations([]);

        TaskRejected rejected = await integrations.RejectAsync("apigateway:invoke", $$$"""{"ApiEndpoint": "{{{Endpoint}}}", "Method": "GET", "Headers": {"h": "one"}}""");

        Assert.Equal("States.Runtime", rejected.Error);
    }

    private static TestIntegrations Listing(TestServer server) =>
        new([($"Http:ApiEndpoints:{Endpoint}", server.Url + "/api"), ("Http:AllowedHosts:0", $"127.0.0.1:{server.Port}")]);
}
