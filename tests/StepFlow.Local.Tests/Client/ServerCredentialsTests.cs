using System.Net;
using System.Net.Sockets;
using System.Text;
using StepFlow.Language.Json;
using StepFlow.Local.Client;
using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Client;

/// <summary>What the command line shows to a server, and what it never does.</summary>
public sealed class ServerCredentialsTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "stepflow.dll");

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>The client process has keys of AWS in its environment.</summary>
    [Fact]
    public async Task Command_WithKeysOfAws_SendsNothingOfThem()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<string> received = RespondOnceAsync(listener);
        string url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        await ClientProcess.RunAsync(new(url), "dotnet", [Program, "list", "--server", url], Cancelled);

        string request = await received;
        Assert.StartsWith("GET /api/statemachines", request, StringComparison.Ordinal);
        Assert.DoesNotContain("authorization", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(ClientProcess.KeyId, request, StringComparison.Ordinal);
        Assert.DoesNotContain(ClientProcess.Secret, request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithItsOwnKey_SignsAndIsLetIn()
    {
        string configuration = _folder.File("stepflow.json", """{"AccessKeys":{"AKIDLOCAL":{"Secret":"only for this test"}}}""");
        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), configuration, Cancelled);

        (int exit, string output, string error) = await RunAsync(server, "AKIDLOCAL", "only for this test", "list", "--json");
        Assert.Equal((ExitCodes.Success, string.Empty), (exit, error));
        Assert.IsType<JsonArray>(JsonValue.Parse(output));

        (exit, _, error) = await RunAsync(server, "AKIDLOCAL", "another secret", "list");
        Assert.Equal(ExitCodes.Refused, exit);
        Assert.Contains("InvalidSignatureException", error, StringComparison.Ordinal);

        (exit, _, error) = await RunAsync(server, string.Empty, string.Empty, "list");
        Assert.Equal(ExitCodes.Refused, exit);
        Assert.Contains("Set STEPFLOW_ACCESS_KEY_ID and STEPFLOW_SECRET_ACCESS_KEY", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com", null, null, "k", "would be sent unencrypted to example.com")]
    [InlineData("https://example.com", "id", null, null, "STEPFLOW_SECRET_ACCESS_KEY is not set, but STEPFLOW_ACCESS_KEY_ID is")]
    [InlineData("https://example.com", null, "secret", null, "STEPFLOW_ACCESS_KEY_ID is not set, but STEPFLOW_SECRET_ACCESS_KEY is")]
    public void Read_WhatCannotBeUsed_IsRefused(string server, string? id, string? secret, string? functionKey, string message)
    {
        var refused = Assert.Throws<CommandException>(() => Read(server, id, secret, functionKey));
        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:7071", "k")]
    [InlineData("https://example.com", "k")]
    public void AddTo_WithAFunctionKey_SendsItOverLoopbackOrTls(string server, string functionKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(server), "/api/statemachines"));
        Read(server, "id", "secret", functionKey).AddTo(request, default);

        Assert.Equal([functionKey], request.Headers.GetValues("x-functions-key"));
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=id/", request.Headers.GetValues("Authorization").Single(), StringComparison.Ordinal);
    }

    /// <summary>An app on Azure serves those who sign in below a path of its own.</summary>
    [Fact]
    public async Task Command_WithAToken_SendsItBelowTheServersPath()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<string> received = RespondOnceAsync(listener);
        string url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        await ClientProcess.RunAsync(new(url), "env", [$"{ServerCredentials.TokenVariable}=a.b.c", "dotnet", Program, "list", "--server", url + "/entra"], Cancelled);

        string request = await received;
        Assert.StartsWith("GET /entra/api/statemachines", request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer a.b.c\r\n", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com", null, "would be sent unencrypted to example.com")]
    [InlineData("https://example.com", "id", "are both set")]
    public void Read_ATokenThatCannotBeUsed_IsRefused(string server, string? id, string message)
    {
        var refused = Assert.Throws<CommandException>(() => ServerCredentials.Read(new(server), name => name switch
        {
            ServerCredentials.TokenVariable => "a.b.c",
            ServerCredentials.FunctionKeyVariable => null,
            _ => id,
        }, TimeProvider.System));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private static ServerCredentials Read(string server, string? id, string? secret, string? functionKey) => ServerCredentials.Read(new(server), name => name switch
    {
        ServerCredentials.KeyIdVariable => id,
        ServerCredentials.SecretVariable => secret,
        ServerCredentials.FunctionKeyVariable => functionKey,
        _ => null,
    }, TimeProvider.System);

    private static Task<(int Exit, string Output, string Error)> RunAsync(ServerProcess server, string id, string secret, params string[] arguments) => ClientProcess.RunAsync(
        new(server.Url),
        "env",
        [$"{ServerCredentials.KeyIdVariable}={id}", $"{ServerCredentials.SecretVariable}={secret}", "dotnet", Program, .. arguments, "--server", server.Url],
        Cancelled);

    private static async Task<string> RespondOnceAsync(TcpListener listener)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync(Cancelled);
        NetworkStream stream = client.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            int count = await stream.ReadAsync(buffer, Cancelled);
            request.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 20\r\nConnection: close\r\n\r\n{\"stateMachines\":[]}"u8.ToArray(), Cancelled);
        return request.ToString();
    }
}
