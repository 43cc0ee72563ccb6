using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StepFlow.Functions.Hosting;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>aws-cli against the app's <c>/aws</c>: the signature covers that path.</summary>
public sealed class AwsEndpointTests(AzuriteFixture azurite)
{
    private const string Machine = """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";
    private static readonly string MachineArn = ServiceFixture.MachineArn("M");

    [Fact]
    public async Task Request_SignedWithTheKey_IsServed()
    {
        await using ServiceFixture fixture = await OpenAsync("Admin");
        await using HttpFunctionsServer server = await HttpFunctionsServer.StartAsync(fixture);

        (int exit, string output, string error) = await AwsAsync(server, "start-sync-execution", "--state-machine-arn", MachineArn, "--input", """{"a":true}""");

        Assert.True(exit == 0, error);
        var ended = (JsonObject)JsonValue.Parse(output);
        Assert.Equal(("SUCCEEDED", """{"a":true}"""), (((JsonString)ended["status"]!).Value, ((JsonString)ended["output"]!).Value));
    }

    [Fact]
    public async Task Request_SignedWithAnotherSecret_IsRefused()
    {
        await using ServiceFixture fixture = await OpenAsync("Admin");
        await using HttpFunctionsServer server = await HttpFunctionsServer.StartAsync(fixture);

        (int exit, _, string error) = await RunAsync(server, ClientProcess.KeyId, "wrong", "list-state-machines");

        Assert.NotEqual(0, exit);
        Assert.Contains("(InvalidSignatureException)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithAnUnknownKey_IsRefused()
    {
        await using ServiceFixture fixture = await OpenAsync("Admin");
        await using HttpFunctionsServer server = await HttpFunctionsServer.StartAsync(fixture);

        (int exit, _, string error) = await RunAsync(server, "AKIDUNKNOWN", ClientProcess.Secret, "list-state-machines");

        Assert.NotEqual(0, exit);
        Assert.Contains("(UnrecognizedClientException)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ToAnAppWithoutKeys_IsRefused()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await using HttpFunctionsServer server = await HttpFunctionsServer.StartAsync(fixture);

        (int exit, _, string error) = await AwsAsync(server, "list-state-machines");

        Assert.NotEqual(0, exit);
        Assert.Contains("(AccessDeniedException)", error, StringComparison.Ordinal);
        Assert.Contains("StepFlow__AccessKeys__ID__Secret", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ReadOnly", "list-state-machines", true)]
    [InlineData("ReadOnly", "start-execution", false)]
    [InlineData("StartOnly", "start-execution", true)]
    [InlineData("StartOnly", "delete-state-machine", false)]
    public async Task Request_OfAKeyWithALevel_IsServedWithinIt(string level, string command, bool isServed)
    {
        await using ServiceFixture fixture = await OpenAsync(level);
        await using HttpFunctionsServer server = await HttpFunctionsServer.StartAsync(fixture);

        string[] arguments = command == "list-state-machines" ? [] : ["--state-machine-arn", MachineArn];
        (int exit, _, string error) = await AwsAsync(server, [command, .. arguments]);

        Assert.Equal(isServed, exit == 0);
        Assert.Equal(!isServed, error.Contains("(AccessDeniedException)", StringComparison.Ordinal));
    }

    private static Task<(int Exit, string Output, string Error)> AwsAsync(HttpFunctionsServer server, params string[] arguments) =>
        RunAsync(server, ClientProcess.KeyId, ClientProcess.Secret, arguments);

    private static Task<(int Exit, string Output, string Error)> RunAsync(HttpFunctionsServer server, string keyId, string secret, params string[] arguments)
    {
        string endpoint = new Uri(server.Address, HttpEndpoints.AwsRoute).ToString();
        return ClientProcess.RunAsync(
            server.Address,
            "aws",
            ["--endpoint-url", endpoint, "--output", "json", "stepfunctions", .. arguments],
            TestContext.Current.CancellationToken,
            keyId,
            secret);
    }

    private async Task<ServiceFixture> OpenAsync(string level)
    {
        var settings = new Dictionary<string, string?>
        {
            [$"StepFlow:AccessKeys:{ClientProcess.KeyId}:Secret"] = ClientProcess.Secret,
            [$"StepFlow:AccessKeys:{ClientProcess.KeyId}:Level"] = level,
        };

        // Clients sign with the real time.
        ServiceFixture fixture = await ServiceFixture.OpenAsync(
            azurite, configure: static services => services.Replace(ServiceDescriptor.Singleton(TimeProvider.System)), settings: settings);
        await fixture.CreateMachineAsync("M", Machine, "EXPRESS");
        return fixture;
    }
}
