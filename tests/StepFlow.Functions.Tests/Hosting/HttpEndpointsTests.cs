using Microsoft.AspNetCore.Http;
using StepFlow.Functions.Hosting;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Hosting;

public sealed class HttpEndpointsTests(AzuriteFixture azurite)
{
    private const string Machine = """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";

    [Fact]
    public async Task ServeAwsAsync_WithoutAccessKeys_RefusesEverybody()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        DefaultHttpContext context = Context("POST", "/aws");
        context.Request.Headers["X-Amz-Target"] = "AWSStepFunctions.ListStateMachines";

        await fixture.Host.App.Get<HttpEndpoints>().ServeAwsAsync(context);

        Assert.Equal(403, context.Response.StatusCode);
        Assert.Equal("AccessDeniedException", ((JsonString)Body(context)["__type"]!).Value);
    }

    [Fact]
    public async Task ServeRestAsync_OfAList_GivesTheStateMachines()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CreateMachineAsync("M", Machine);
        DefaultHttpContext context = Context("GET", "/api/statemachines");

        await fixture.Host.App.Get<HttpEndpoints>().ServeRestAsync(context);

        Assert.Equal(200, context.Response.StatusCode);
        var machine = (JsonObject)Assert.Single((JsonArray)Body(context)["stateMachines"]!);
        Assert.Equal("M", ((JsonString)machine["name"]!).Value);
    }

    [Fact]
    public async Task ServeRestAsync_OfASynchronousStart_RunsInsideTheRequest()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await using HttpFunctionsServer server = await HttpFunctionsServer.StartAsync(fixture);
        await fixture.CreateMachineAsync("M", Machine, "EXPRESS");
        using var client = new HttpClient { BaseAddress = server.Address };

        using HttpResponseMessage response = await client.PostAsync(
            "api/statemachines/M/executions/sync", new StringContent("""{"input":{"a":true}}""", null, "application/json"), TestContext.Current.CancellationToken);

        var ended = (JsonObject)JsonValue.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("""{"a":true}""", ended["output"]!.ToString());
        Assert.Empty(fixture.Host.Durable.All());
    }

    [Fact]
    public async Task OpenApi_RequestedOverHttp_DescribesRest()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await using HttpFunctionsServer server = await HttpFunctionsServer.StartAsync(fixture);
        using var client = new HttpClient { BaseAddress = server.Address };

        string text = await client.GetStringAsync("openapi.json", TestContext.Current.CancellationToken);

        Assert.NotNull(((JsonObject)JsonValue.Parse(text))["openapi"]);
    }

    private static DefaultHttpContext Context(string method, string path)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static JsonObject Body(HttpContext context) =>
        (JsonObject)JsonValue.Parse(((MemoryStream)context.Response.Body).ToArray());
}
