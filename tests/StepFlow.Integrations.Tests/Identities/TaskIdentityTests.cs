using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Identities;
using StepFlow.Integrations.Storage;
using StepFlow.Integrations.Tasks;
using StepFlow.Integrations.Tests.Aws;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Identities;

/// <summary>A task's <c>Credentials</c> choose whom it calls as.</summary>
public sealed class TaskIdentityTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(null, "Basic b3duOng=")]
    [InlineData("arn:aws:iam::111122223333:role/unknown", "Basic b3duOng=")]
    [InlineData("arn:aws:iam::111122223333:role/team/billing", "Basic YmlsbGluZzp5")]
    public async Task RestApi_IsCalledWithTheConnectionOfTheRole(string? role, string expected)
    {
        string? authorization = null;
        await using TestServer server = await TestServer.StartAsync(context =>
        {
            authorization = context.Request.Headers.Authorization;
            return Task.CompletedTask;
        });
        await using var integrations = new TestIntegrations(
        [
            ("Rest:api:Url", server.Url), ("Rest:api:Connection", "own"), ("Identities:billing:Connection", "billing"),
            ("Http:Connections:own:Authorization", "Basic"), ("Http:Connections:own:UserName", "own"), ("Http:Connections:own:Password", "x"),
            ("Http:Connections:billing:Authorization", "Basic"), ("Http:Connections:billing:UserName", "billing"), ("Http:Connections:billing:Password", "y"),
        ]);

        await RunAsync(integrations, "azure:rest:call", $$"""{"Url":"{{server.Url}}/x"}""", role);

        Assert.Equal(expected, authorization);
    }

    [Theory]
    [InlineData("aws-sdk:ecs:listClusters", "{}")]
    [InlineData("arn:aws:lambda:eu-west-1:111122223333:function:f", "{}")]
    public async Task ServiceOfAws_IsCalledWithTheAccountOfTheRole(string resource, string arguments)
    {
        await using AwsServer server = await AwsServer.StartAsync();
        string pattern = resource.StartsWith("arn:", StringComparison.Ordinal) ? resource : "arn:aws:states:::" + resource;
        await using var integrations = new TestIntegrations(
        [
            ($"Resources:{pattern}:Aws", "main"), ("Identities:billing:Aws", "billing"),
            .. new[] { ("main", "eu-west-1"), ("billing", "eu-north-1") }.SelectMany(account => new[]
            {
                ($"Aws:{account.Item1}:Region", account.Item2), ($"Aws:{account.Item1}:Endpoint", server.Url),
                ($"Aws:{account.Item1}:AccessKeyId", account.Item1 == "main" ? AwsServer.KeyId : "AKIDOFBILLING"), ($"Aws:{account.Item1}:SecretAccessKey", AwsServer.Secret),
            }),
        ]);

        await RunAsync(integrations, resource, arguments, "arn:aws:iam::111122223333:role/billing");

        Assert.Contains("AKIDOFBILLING/", server.Requests.Single().Headers["authorization"], StringComparison.Ordinal);
    }

    /// <summary>The host has no account here: what is reached is the identity's.</summary>
    [Theory]
    [InlineData("aws-sdk:s3:")]
    [InlineData("azure:blob:")]
    public async Task Blobs_AreThoseOfTheRolesAccount(string service)
    {
        string container = "c" + Guid.NewGuid().ToString("N");
        await new BlobContainerClient(azurite.ConnectionString, container).CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var integrations = new TestIntegrations([("Identities:billing:Storage:ConnectionString", azurite.ConnectionString), ("ExplainMissing", "false")]);
        bool isS3 = service.Contains("s3", StringComparison.Ordinal);
        string blob = isS3 ? $"\"Bucket\":\"{container}\",\"Key\":\"k\"" : $"\"Container\":\"{container}\",\"Blob\":\"k\"";
        string[] calls = isS3
            ? [$"putObject {{{blob},\"Body\":1}}", $"headObject {{{blob}}}", $"presignGetObject {{{blob},\"Visible\":true}}", $"deleteObject {{{blob}}}"]
            : [$"putBlob {{{blob},\"Body\":1}}", $"getBlob {{{blob}}}", $"getDownloadUrl {{{blob}}}", $"deleteBlob {{{blob}}}"];
        foreach (string[] call in calls.Select(static call => call.Split(' ', 2)))
        {
            Assert.IsType<TaskRejected>(await RunAsync(integrations, service + call[0], call[1], null));
            Assert.IsType<TaskCompleted>(await RunAsync(integrations, service + call[0], call[1], Role));
        }
    }

    [Fact]
    public async Task Queues_AreThoseOfTheRolesAccount()
    {
        string queue = "q" + Guid.NewGuid().ToString("N");
        await using var integrations = new TestIntegrations(
            [("Identities:billing:Storage:ConnectionString", azurite.ConnectionString), ("Messages:CreateMissing", "true")]);
        foreach ((string resource, string arguments) in ((string, string)[])
            [
                ("sqs:sendMessage", $$"""{"QueueUrl":"{{queue}}","MessageBody":"b"}"""),
                ("azure:servicebus:sendMessage", $$"""{"Queue":"{{queue}}","Body":"b"}"""),
                ("aws-sdk:sqs:receiveMessage", $$"""{"QueueUrl":"{{queue}}"}"""),
                ("azure:servicebus:receiveMessages", $$"""{"Queue":"{{queue}}"}"""),
            ])
        {
            Assert.IsType<TaskRejected>(await RunAsync(integrations, resource, arguments, null));
            Assert.IsType<TaskCompleted>(await RunAsync(integrations, resource, arguments, Role));
        }
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("https://billing.documents.azure.com", null, true)]
    [InlineData(null, "11111111-2222-3333-4444-555555555555", true)]
    public async Task Tables_AreThoseOfTheRolesAccount(string? endpoint, string? client, bool has)
    {
        (string, string?)[] given = [("Identities:billing:Cosmos:Endpoint", endpoint), ("Identities:billing:ClientId", client), ("Identities:billing:Connection", "c"), ("Http:Connections:c:Authorization", "None"), ("Cosmos:Endpoint", client is null ? null : "https://own.documents.azure.com")];
        await using var integrations = new TestIntegrations(given.Where(static one => one.Item2 is not null).Select(static one => (one.Item1, one.Item2!)));
        TaskCall call = TestIntegrations.Call("azure:table:getItem", "{}");

        Assert.Null(integrations.Get<IdentityTables>().Of(call));
        Assert.Equal(has, integrations.Get<IdentityTables>().Of(call with { Credentials = JsonObject.Create(("RoleArn", Role)) }) is not null);
    }

    [Fact]
    public async Task ClientId_OfAnIdentity_SignsIn()
    {
        var asked = new List<string>();
        await using var integrations = new TestIntegrations(
            [("Identities:billing:ClientId", "client"), ("Storage:AccountName", "own")],
            services => services.AddSingleton<Func<string, TokenCredential>>(id =>
            {
                asked.Add(id);
                return DelegatedTokenCredential.Create(static (_, _) => default);
            }));
        var credentials = integrations.Get<IdentityCredentials>();

        Assert.Same(credentials.Of("billing"), credentials.Of("billing"));
        Assert.NotSame(credentials.Of(null), credentials.Of("billing"));
        Assert.Equal(["client"], asked);
        Assert.NotSame(integrations.Get<StorageClients>(), integrations.Get<IdentityStorage>().For("billing"));
        Assert.Same(integrations.Get<StorageClients>(), integrations.Get<IdentityStorage>().For(null));
    }

    [Fact]
    public async Task StorageOfAnIdentity_ThatIsTwoThings_IsRefusedAtTheStart()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var integrations = new TestIntegrations([("Identities:billing:Storage:ConnectionString", "c"), ("Identities:billing:Storage:AccountName", "a")]);
            await RunAsync(integrations, "azure:rest:call", "{}", null);
        });

        Assert.Contains("Identities:billing:Storage", refused.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connection", "Identities:billing:Connection")]
    [InlineData("Aws", "Identities:billing:Aws")]
    public async Task IdentityOfNothing_IsRefusedAtTheStart(string setting, string problem)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var integrations = new TestIntegrations([($"Identities:billing:{setting}", "none")]);
            await RunAsync(integrations, "azure:rest:call", "{}", null);
        });

        Assert.Contains(problem, refused.ToString(), StringComparison.Ordinal);
    }

    private const string Role = "arn:aws:iam::111122223333:role/billing";

    private static Task<TaskOutcome> RunAsync(TestIntegrations integrations, string resource, string arguments, string? role) => integrations.Runner.RunAsync(
        TestIntegrations.Call(resource, arguments) with { Credentials = role is null ? null : JsonObject.Create(("RoleArn", role)) }, TestContext.Current.CancellationToken);
}
