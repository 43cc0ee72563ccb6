using System.Net;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moq;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Functions.Triggers;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Tests.Triggers;

public sealed class StartTriggerTests(AzuriteFixture azurite)
{
    private const string Machine = """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";
    private const string Waits = """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3600,"End":true}}}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("", "{}")]
    public async Task StartAsync_OfAMachine_ReturnsUrlsWithoutASecret(string body, string input)
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CreateMachineAsync("M", Machine);

        (HttpResponseData response, JsonObject links) = await StartAsync(fixture, "M", "e", body);

        string arn = ServiceFixture.ExecutionArn("M", "e");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal((InstanceIds.Of(arn), arn), (Text(links, "id"), Text(links, "executionArn")));
        string status = Text(links, "statusQueryGetUri");
        Assert.Equal([status], response.Headers.GetValues("Location"));
        Assert.Equal("https://app.example/api/statemachines/M/executions/e", status);
        Assert.Equal(status + "/stop", Text(links, "terminatePostUri"));
        Assert.All(links, link => Assert.DoesNotContain("code=", link.Value.ToString(), StringComparison.Ordinal));
        JsonObject ended = await fixture.EndAsync(arn);
        Assert.Equal(input, ((JsonString)ended["output"]!).Value);
    }

    [Fact]
    public async Task StartAsync_WithoutAName_DrawsOne()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CreateMachineAsync("M", Machine);

        await StartAsync(fixture, "M", null, "{}");
        await StartAsync(fixture, "M", null, "{}");

        JsonObject list = await fixture.CallAsync("ListExecutions", ("stateMachineArn", ServiceFixture.MachineArn("M")));
        Assert.Equal(2, ((JsonArray)list["executions"]!).Count);
    }

    [Fact]
    public async Task StartAsync_OfAnExpressMachine_ReturnsItsArn()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CreateMachineAsync("M", Machine, "EXPRESS");

        (HttpResponseData response, JsonObject returned) = await StartAsync(fixture, "M", "e", "{}");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Contains(":express:M:e:", Text(returned, "executionArn"), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Location"));
    }

    [Theory]
    [InlineData("None", "e", "{}", "StateMachineDoesNotExist")]
    [InlineData("M", "e", "no JSON", "InvalidExecutionInput")]
    [InlineData("M", "a name", "{}", "InvalidName")]
    [InlineData("M", "taken", "{}", "ExecutionAlreadyExists")]
    public async Task StartAsync_OfWhatIsRefused_ReturnsTheReason(string machine, string name, string body, string error)
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CreateMachineAsync("M", Waits);
        await StartAsync(fixture, "M", "taken", """{"other":true}""");

        (HttpResponseData response, JsonObject returned) = await StartAsync(fixture, machine, name, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(error, Text(returned, "error"));
        Assert.NotEmpty(Text(returned, "message"));
    }

    [Fact]
    public async Task StartAsync_DuringAnOutage_ReturnsAnErrorOfTheServer()
    {
        var documents = new Mock<IDocumentStore>();
        documents
            .Setup(store => store.FindAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new Azure.RequestFailedException(503, "Busy."));
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(
            azurite, configure: services => services.Replace(ServiceDescriptor.Singleton(documents.Object)));

        (HttpResponseData response, _) = await StartAsync(fixture, "M", "e", "{}");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    private static async Task<(HttpResponseData Response, JsonObject Body)> StartAsync(ServiceFixture fixture, string machine, string? name, string body)
    {
        var trigger = (StartTrigger)fixture.Host.App.Create(typeof(StartTrigger));
        HttpResponseData response = await trigger.StartAsync(
            new HttpRequestDouble("/start/" + machine, body), machine, name, fixture.Host.Client, Cancelled);
        return (response, (JsonObject)JsonValue.Parse(((MemoryStream)response.Body).ToArray()));
    }

    private static string Text(JsonObject value, string name) => ((JsonString)value[name]!).Value;
}
