using Azure.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Secrets;

/// <summary>Secrets reach the called services, and nothing that is stored.</summary>
public sealed class SecretTests
{
    private const string Value = "p\"ss wörd-7";

    [Theory]
    [InlineData("aws-sdk:secretsmanager:getSecretValue", """{"SecretId":"db"}""")]
    [InlineData("aws-sdk:secretsmanager:getSecretValue", """{"SecretId":"arn:aws:secretsmanager:us-east-1:1:secret:db-a1B2c3"}""")]
    [InlineData("aws-sdk:ssm:getParameter", """{"Name":"db","WithDecryption":true}""")]
    [InlineData("azure:keyvault:getSecret", """{"Name":"db"}""")]
    public async Task Secret_IsAPlaceholderInResults_AndItselfInCalls(string resource, string arguments)
    {
        string? seen = null;
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            await context.Response.WriteAsync(JsonObject.Create(("echo", $"<{Value}>")).ToString(), TestContext.Current.CancellationToken);
        });
        await using var integrations = new TestIntegrations([("Secrets:db:Value", Value), ("Functions:f:Url", server.Url)]);

        JsonObject result = await integrations.CompleteAsync(resource, arguments);
        string placeholder = TextIn(result);
        JsonObject response = await integrations.CompleteAsync("lambda:invoke", JsonObject.Create(("FunctionName", "f"), ("Payload", JsonObject.Create(("login", "me:" + placeholder)))).ToString(), "call-2");

        Assert.Matches(@"^\{\{secret:[0-9a-f]{32}\}\}$", placeholder);
        Assert.DoesNotContain(Value, result.ToString(), StringComparison.Ordinal);
        Assert.Equal("me:" + Value, ((JsonObject)JsonValue.Parse(seen!))["login"]);
        Assert.Equal($"<{placeholder}>", ((JsonObject)response["Payload"]!)["echo"]);
    }

    [Fact]
    public async Task Secret_InAFailureOrInWhatIsSubmitted_IsAPlaceholderAgain()
    {
        await using var integrations = new TestIntegrations(
            [("Secrets:db:Value", Value), ("Jobs:j:Command", "/bin/sh"), ("Jobs:j:Arguments:0", "-c"), ("Jobs:j:Arguments:1", "echo $PASSWORD; exit 1")]);
        string placeholder = TextIn(await integrations.CompleteAsync("azure:keyvault:getSecret", """{"Name":"db"}"""));
        JsonValue? submitted = null;
        TaskCall call = TestIntegrations.Call(
            "ecs:runTask.sync", $$"""{"TaskDefinition":"j","Overrides":{"ContainerOverrides":[{"Environment":[{"Name":"PASSWORD","Value":"{{placeholder}}"}]}]} }""", "call-2") with
        {
            Submitted = (output, _) =>
            {
                submitted = output;
                return Task.CompletedTask;
            },
        };

        var rejected = Assert.IsType<TaskRejected>(await integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken));

        Assert.Contains(placeholder, submitted!.ToString(), StringComparison.Ordinal);
        Assert.Contains($"exited with code 1: {placeholder}", rejected.Cause, StringComparison.Ordinal);
        Assert.All([submitted.ToString(), rejected.Cause!], static text => Assert.DoesNotContain("wörd", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("arn:aws:states:us-east-1:000000000000:execution:machine:other", "lambda:invoke", "f")]
    [InlineData("arn:aws:states:us-east-1:000000000000:execution:machine:run", "states:startExecution", null)]
    public async Task Placeholder_InAnotherExecutionOrInAStart_StaysWhatItIs(string execution, string resource, string? function)
    {
        string? seen = null;
        await using TestServer server = await TestServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        });
        await using var integrations = new TestIntegrations([("Secrets:db:Value", Value), ("Functions:f:Url", server.Url), ("Resources:arn:aws:states:::states:startExecution:Url", server.Url)]);
        string placeholder = TextIn(await integrations.CompleteAsync("azure:keyvault:getSecret", """{"Name":"db"}"""));
        JsonObject arguments = function is null ? JsonObject.Create(("Input", placeholder)) : JsonObject.Create(("FunctionName", function), ("Payload", JsonObject.Create(("a", placeholder))));

        await integrations.Runner.RunAsync(
            TestIntegrations.Call(resource, arguments.ToString(), "call-2") with { ExecutionArn = execution, Resource = TaskResource.Parse("arn:aws:states:::" + resource) }, TestContext.Current.CancellationToken);

        Assert.Contains(placeholder, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VisibleParameter_IsGivenAsItIs()
    {
        await using var integrations = new TestIntegrations([("Secrets:/app/url:Value", "https://x"), ("Secrets:/app/url:Visible", "true")]);

        JsonObject result = await integrations.CompleteAsync("aws-sdk:ssm:getParameter", """{"Name":"/app/url"}""");

        Assert.Equal("""{"DataType":"text","Name":"/app/url","Type":"String","Value":"https://x","Version":1}""", result["Parameter"]!.ToString());
    }

    [Fact]
    public async Task VaultSecret_IsReadWithTheAppsIdentity_AndARefusalDoesNotContainIt()
    {
        await using ScriptedServer vault = await ScriptedServer.StartAsync();
        vault.On("GET /secrets/db", new(200, """{"value":"v1","id":"https://v/secrets/db/abc"}"""), new(403, """{"error":{"code":"Forbidden","message":"x"}}"""));
        await using var integrations = new TestIntegrations(
            [("Secrets:db:KeyVaultUrl", vault.Url + "/secrets/db"), ("Secrets:db:Visible", "true")], static services => services.AddSingleton<TokenCredential, FakeCredential>());

        JsonObject result = await integrations.CompleteAsync("azure:keyvault:getSecret", """{"Name":"db"}""");
        TaskRejected refused = await integrations.RejectAsync("azure:keyvault:getSecret", """{"Name":"db"}""");

        Assert.Equal("""{"Name":"db","Value":"v1","Version":"abc"}""", result.ToString());
        Assert.Equal("GET /secrets/db?api-version=7.4", vault.Lines[0]);
        Assert.Contains("status 403, Forbidden. The app's identity needs the role Key Vault Secrets User.", refused.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws-sdk:secretsmanager:getSecretValue", """{"SecretId":"gone"}""", "SecretsManager.ResourceNotFoundException")]
    [InlineData("aws-sdk:ssm:getParameter", """{"Name":"gone"}""", "Ssm.ParameterNotFoundException")]
    [InlineData("azure:keyvault:getSecret", """{"Name":"gone"}""", "KeyVault.SecretNotFound")]
    public async Task UnknownSecret_NamesTheSettingToAdd(string resource, string arguments, string error)
    {
        await using var integrations = new TestIntegrations([]);

        TaskRejected rejected = await integrations.RejectAsync(resource, arguments);

        Assert.Equal(error, rejected.Error);
        Assert.EndsWith("Add the setting 'StepFlow:Secrets:gone:Value' or 'StepFlow:Secrets:gone:KeyVaultUrl'.", rejected.Cause, StringComparison.Ordinal);
    }

    // The text of a secret's result, whichever service gave it.
    private static string TextIn(JsonObject result) =>
        ((JsonString)(result["SecretString"] ?? result["Value"] ?? ((JsonObject)result["Parameter"]!)["Value"]!)).Value;
}
