using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using StepFlow.Language.Json;
using StepFlow.Service.Access;
using StepFlow.Service.Configuration;
using StepFlow.Service.Operations;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Access;

/// <summary>Who signs in with a token of an issuer, or by the platform.</summary>
public sealed class SignInTests
{
    private const string Machine = """{"name":"M","roleArn":"arn:aws:iam::123456789012:role/r","definition":"{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}"}""";

    private const string Waiting = """{"name":"M","roleArn":"arn:aws:iam::123456789012:role/r","definition":"{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":3600,\"End\":true}}}"}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("StepFlow.Reader", HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("StepFlow.Operator", HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Forbidden)]
    [InlineData("StepFlow.Author", HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.OK)]
    [InlineData("another", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    public async Task Role_InAToken_DefinesWhatItsHolderMayDo(string? role, HttpStatusCode reads, HttpStatusCode stops, HttpStatusCode creates)
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestServer server = await TestServer.StartAsync(signIn: SignIn(issuer));
        using HttpClient client = Client(server, issuer.Token(role));

        Assert.Equal(reads, (await client.GetAsync("/api/statemachines", Cancelled)).StatusCode);
        Assert.Equal(stops, await PostAsync(client, "/api/statemachines/M/executions/e/stop", "{}"));
        Assert.Equal(creates, await PostAsync(client, "/api/statemachines", Machine));
    }

    [Theory]
    [InlineData("GetExecutionHistory", true, true)]
    [InlineData("StartExecution", false, true)]
    [InlineData("StopExecution", false, true)]
    [InlineData("RedriveExecution", false, true)]
    [InlineData("RetryExecution", false, true)]
    [InlineData("UpdateMapRun", false, true)]
    [InlineData("SendTaskSuccess", false, true)]
    [InlineData("TestState", false, false)]
    [InlineData("UpdateStateMachine", false, false)]
    [InlineData("DeleteActivity", false, false)]
    public void Operation_OfEachKind_IsForRoles(string operation, bool forReaders, bool forOperators)
    {
        OperationAccess access = new TestService().Service.AccessOf(operation)!.Value;

        Assert.Equal(
            (forReaders, forOperators, true),
            (Allows(CallerRole.Reader), Allows(CallerRole.Operator), Allows(CallerRole.Author)));

        bool Allows(CallerRole role) => new SignedInCaller("somebody", role).Allows(operation, access);
    }

    [Fact]
    public async Task Token_ThatIsNotValid_IsRefused()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestServer server = await TestServer.StartAsync(signIn: SignIn(issuer));
        string valid = issuer.Token("StepFlow.Author");
        string[] wrong =
        [
            issuer.Token("StepFlow.Author", audience: "other"),
            issuer.Token("StepFlow.Author", issuer: "https://login.example.com"),
            issuer.Token("StepFlow.Author", minutes: -10),
            issuer.Token("StepFlow.Author", isForged: true),
            $"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{valid.Split('.')[1]}.",
            "no token",
        ];

        HttpStatusCode[] responses = await Task.WhenAll(wrong.Select(async token =>
        {
            using HttpClient client = Client(server, token);
            return (await client.GetAsync("/api/statemachines", Cancelled)).StatusCode;
        }));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.Unauthorized, response));
    }

    [Fact]
    public async Task Request_WithNothingToShow_IsRefusedAndReportsHow()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestServer server = await TestServer.StartAsync(signIn: SignIn(issuer));
        using var client = new HttpClient { BaseAddress = server.Address };

        using HttpResponseMessage response = await client.GetAsync("/api/statemachines", Cancelled);

        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (response.StatusCode, response.Headers.WwwAuthenticate.Single().Scheme));
    }

    [Fact]
    public async Task AccessKey_BesideSignIn_IsLetInAsBefore()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestServer server = await TestServer.StartAsync(new([new() { Id = "a", Secret = "b" }]), signIn: SignIn(issuer));
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("a:b"u8));

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/statemachines", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Issuer_ThatCannotBeReached_IsNotTheCallersFault()
    {
        TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestServer server = await TestServer.StartAsync(signIn: SignIn(issuer));
        string token = issuer.Token("StepFlow.Author");
        await issuer.DisposeAsync();
        using HttpClient client = Client(server, token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/api/statemachines", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task Caller_WhoChangesSomething_IsInTheLogAndOnTheExecution()
    {
        using var lines = new TextLines();
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestServer server = await TestServer.StartAsync(signIn: SignIn(issuer), test: new TestService(loggers: lines));
        using HttpClient client = Client(server, issuer.Token("StepFlow.Author"));

        await PostAsync(client, "/api/statemachines", Machine);
        await PostAsync(client, "/api/statemachines/M/executions", """{"name":"e"}""");
        var execution = (JsonObject)JsonValue.Parse(await client.GetStringAsync("/api/statemachines/M/executions/e", Cancelled));

        Assert.Equal(
            [
                "jane@example.com called CreateStateMachine for arn:aws:states:us-east-1:123456789012:stateMachine:M.",
                "jane@example.com called StartExecution for arn:aws:states:us-east-1:123456789012:execution:M:e.",
            ],
            lines.Lines);
        Assert.Equal("jane@example.com", execution["startedBy"]);
        Assert.Null((await server.Test.CallAsync("DescribeExecution", ("executionArn", "arn:aws:states:us-east-1:123456789012:execution:M:e")))["startedBy"]);
    }

    [Fact]
    public async Task Caller_WhoStopsAndRedrives_IsOnTheExecution()
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestServer server = await TestServer.StartAsync(signIn: SignIn(issuer));
        using HttpClient client = Client(server, issuer.Token("StepFlow.Author"));
        await PostAsync(client, "/api/statemachines", Waiting);
        await PostAsync(client, "/api/statemachines/M/executions", """{"name":"e"}""");
        async Task<JsonObject> DescribeAsync() => (JsonObject)JsonValue.Parse(await client.GetStringAsync("/api/statemachines/M/executions/e", Cancelled));
        Assert.Null((await DescribeAsync())["stoppedBy"]);

        await PostAsync(client, "/api/statemachines/M/executions/e/stop", "{}");
        JsonObject stopped = await DescribeAsync();
        Assert.Equal(("jane@example.com", null), ((stopped["stoppedBy"] as JsonString)?.Value, (stopped["redrivenBy"] as JsonString)?.Value));

        await PostAsync(client, "/api/statemachines/M/executions/e/redrive", "{}");
        JsonObject redriven = await DescribeAsync();
        Assert.Equal((null, "jane@example.com"), ((redriven["stoppedBy"] as JsonString)?.Value, (redriven["redrivenBy"] as JsonString)?.Value));
        Assert.Null((await server.Test.CallAsync("DescribeExecution", ("executionArn", "arn:aws:states:us-east-1:123456789012:execution:M:e")))["redrivenBy"]);
    }

    /// <summary>Where the platform's authentication is off, anybody may send its header.</summary>
    [Theory]
    [InlineData(true, HttpStatusCode.OK)]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    public async Task PlatformsHeader_OfARequest_CountsOnlyWhereItIsTrusted(bool isTrusted, HttpStatusCode expected)
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        await using TestServer server = await TestServer.StartAsync(signIn: SignIn(issuer, isTrusted));
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(Encoding.UTF8.GetBytes(
            """{"auth_typ":"aad","claims":[{"typ":"preferred_username","val":"jane@example.com"},{"typ":"roles","val":"StepFlow.Reader"}],"name_typ":"n","role_typ":"roles"}""")));

        Assert.Equal(expected, (await client.GetAsync("/api/statemachines", Cancelled)).StatusCode);
    }

    [Theory]
    [InlineData("""{"Audience":"a"}""", "SignIn:Issuer is not set")]
    [InlineData("""{"Issuer":"https://login.example.com"}""", "SignIn:Audience is not set")]
    [InlineData("""{"Issuer":"http://login.example.com","Audience":"a"}""", "SignIn:Issuer must be an https URL")]
    [InlineData("""{"Issuer":"https://login.example.com","Audience":"a","AppService":true}""", "SignIn:AppService is true")]
    public void ToSignIn_OfWrongSettings_ReportsTheProblem(string settings, string problem)
    {
        SignInSettings read = System.Text.Json.JsonSerializer.Deserialize<SignInSettings>(settings)!;

        var wrong = Assert.Throws<InvalidOperationException>(() => new ServiceSettings { SignIn = read }.ToSignIn(platformAuthenticates: false));

        Assert.Contains(problem, wrong.Message, StringComparison.Ordinal);
    }

    private static SignIn SignIn(TestIssuer issuer, bool trustsPlatform = false) =>
        new ServiceSettings { SignIn = new() { Issuer = issuer.Address, Audience = "app", AppService = trustsPlatform } }.ToSignIn(platformAuthenticates: trustsPlatform)!;

    private static HttpClient Client(TestServer server, string token)
    {
        var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return client;
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage response = await client.PostAsync(path, content, Cancelled);
        return response.StatusCode;
    }
}
