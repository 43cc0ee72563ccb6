using StepFlow.Integrations.Tasks;
using StepFlow.Integrations.Tests.Aws;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Identities;

/// <summary>A task's <c>Credentials</c> choose whom it calls as.</summary>
public sealed class TaskIdentityTests
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

    private static Task<TaskOutcome> RunAsync(TestIntegrations integrations, string resource, string arguments, string? role) => integrations.Runner.RunAsync(
        TestIntegrations.Call(resource, arguments) with { Credentials = role is null ? null : JsonObject.Create(("RoleArn", role)) }, TestContext.Current.CancellationToken);
}
