using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Moq;
using StepFlow.Functions.Hosting;
using StepFlow.Functions.Tests.Triggers;
using StepFlow.Functions.Triggers;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>Those who sign in by App Service authentication: REST and <c>start</c> below <c>/entra</c>, without a function key.</summary>
public sealed class SignedInTests(AzuriteFixture azurite)
{
    private const string Machine = """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["WEBSITE_AUTH_ENABLED"] = "True",
        ["StepFlow:SignIn:Issuer"] = "https://login.example.com/tenant/v2.0",
        ["StepFlow:SignIn:Audience"] = "app",
        ["StepFlow:SignIn:AppService"] = "true",
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("StepFlow.Reader", 200)]
    [InlineData("another", 403)]
    [InlineData(null, 401)]
    public async Task ServeSignedInAsync_OfSomebody_IsServedByRole(string? role, int status)
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, settings: Settings);
        HttpContext context = Context("GET", "/entra/api/statemachines", role);

        await fixture.Host.App.Get<HttpEndpoints>().ServeSignedInAsync(context);

        Assert.Equal(status, context.Response.StatusCode);
    }

    [Fact]
    public async Task ServeSignedInAsync_WhereNobodySignsIn_RefusesEverybody()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        HttpContext context = Context("GET", "/entra/api/statemachines", "StepFlow.Author");

        await fixture.Host.App.Get<HttpEndpoints>().ServeSignedInAsync(context);

        Assert.Equal(403, context.Response.StatusCode);
    }

    [Theory]
    [InlineData("StepFlow.Operator", HttpStatusCode.Accepted)]
    [InlineData("StepFlow.Reader", HttpStatusCode.Forbidden)]
    public async Task StartSignedInAsync_ByRole_StartsAndNotesWho(string role, HttpStatusCode status)
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, settings: Settings);
        await fixture.CreateMachineAsync("M", Machine);
        HttpContext context = Context("POST", "/entra/start/M/e", role);
        var function = new Mock<FunctionContext>();
        function.SetupGet(found => found.Items).Returns(new Dictionary<object, object> { ["HttpRequestContext"] = context });

        HttpResponseData response = await ((StartTrigger)fixture.Host.App.Create(typeof(StartTrigger))).StartSignedInAsync(
            new HttpRequestDouble("/entra/start/M", "{}"), "M", "e", fixture.Host.Client, function.Object, Cancelled);

        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.Accepted)
        {
            Assert.Equal(["https://app.example/entra/api/statemachines/M/executions/e"], response.Headers.GetValues("Location"));
            ApiResult execution = await fixture.Host.App.Get<StepFunctionsService>().InvokeAsync(
                "DescribeExecution", JsonObject.Create(("executionArn", ServiceFixture.ExecutionArn("M", "e"))), new CallerContext { IsRest = true }, Cancelled);
            Assert.Equal("jane@example.com", execution.Response!["startedBy"]);
            await fixture.EndAsync(ServiceFixture.ExecutionArn("M", "e"));
        }
    }

    /// <summary>Without the platform's authentication anybody may send its header.</summary>
    [Fact]
    public async Task Start_WithoutThePlatformsAuthentication_IsRefused()
    {
        var settings = new Dictionary<string, string?>(Settings) { ["WEBSITE_AUTH_ENABLED"] = null };
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, settings: settings);

        var refused = Assert.Throws<InvalidOperationException>(() => fixture.Host.App.Get<HttpEndpoints>());

        Assert.Contains("WEBSITE_AUTH_ENABLED", refused.Message, StringComparison.Ordinal);
    }

    private static DefaultHttpContext Context(string method, string path, string? role)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Response.Body = new MemoryStream();
        if (role is not null)
        {
            JsonObject principal = JsonObject.Create(("claims", JsonArray.Create(
                JsonObject.Create(("typ", "preferred_username"), ("val", "jane@example.com")), JsonObject.Create(("typ", "roles"), ("val", role)))));
            context.Request.Headers["X-MS-CLIENT-PRINCIPAL"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(principal.ToString()));
        }

        return context;
    }
}
