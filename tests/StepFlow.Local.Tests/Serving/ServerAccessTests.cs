using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Serving;

/// <summary>Who reaches a server, and what of it: over TLS, in its files, and with very many connections.</summary>
public sealed class ServerAccessTests : IDisposable
{
    private const string Keys = """ "AccessKeys":{"AKIDLOCAL":{"Secret":"only for this test"}} """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pfx")]
    [InlineData("pem")]
    public async Task Serve_WithACertificate_AcceptsTlsOnly(string format)
    {
        using X509Certificate2 certificate = MakeCertificate();
        string settings = format == "pfx" ? """ "Certificate":"own.pfx","CertificatePassword":"p" """ : """ "Certificate":"own.pem","CertificateKey":"own.key" """;
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "own.pfx"), certificate.Export(X509ContentType.Pkcs12, "p"), Cancelled);
        _folder.File("own.pem", certificate.ExportCertificatePem());
        _folder.File("own.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        using ServerProcess server = await ServerProcess.StartAsync(Data, _folder.File("stepflow.json", $$"""{"Server":{{{settings}}},{{Keys}}}"""), Cancelled);

        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.Thumbprint == certificate.Thumbprint };
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("AKIDLOCAL:only for this test"u8));
        Assert.StartsWith("https://127.0.0.1:", server.Url, StringComparison.Ordinal);
        Assert.Contains("stateMachines", await client.GetStringAsync(new Uri(server.Url + "/api/statemachines"), Cancelled), StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri(server.Url.Replace("https", "http", StringComparison.Ordinal) + "/api/statemachines"), Cancelled));
    }

    [Fact]
    public async Task Serve_DataFolderAndFiles_AreTheOwnersOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        using ServerProcess server = await ServerProcess.StartAsync(Data, _folder.File("stepflow.json", "{}"), Cancelled);
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

        string[] files = Directory.GetFiles(Data);
        Assert.Contains(Path.Combine(Data, "stepflow.db"), files);
        Assert.Contains(Path.Combine(Data, "stepflow.db-wal"), files);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Data) & Others);
        foreach (string file in files.Where(file => Path.GetFileName(file).StartsWith("stepflow.db", StringComparison.Ordinal)))
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & Others);
        }
    }

    /// <summary>A process that may open few files serves on when more clients connect than it could hold.</summary>
    [Fact]
    public async Task Serve_MoreConnectionsThanFiles_ContinuesServing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is set by a Linux shell.");
        using ServerProcess server = await ServerProcess.StartAsync(Data, _folder.File("stepflow.json", "{}"), Cancelled, maxOpenFiles: 800);
        var url = new Uri(server.Url);
        var connections = new List<Socket>();
        try
        {
            for (int count = 0; count < 900; count++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                connections.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, url.Port, Cancelled);
                await socket.SendAsync("GET /api/statemachines HTTP/1.1\r\nHost: 127.0.0.1\r\n"u8.ToArray(), Cancelled);
            }
        }
        catch (SocketException e)
        {
            Assert.Fail($"{connections.Count} connections: {e.Message}. The server has {(server.HasExited ? "ended" : "not ended")}: {server.Errors}");
        }
        finally
        {
            connections.ForEach(static socket => socket.Dispose());
        }

        Assert.NotNull((await FirstResponseAsync(server))["stateMachines"]);
    }

    /// <summary>Real time on purpose: another process notices at its own pace that connections are closed.</summary>
    private static async Task<JsonObject> FirstResponseAsync(ServerProcess server)
    {
        while (true)
        {
            try
            {
                return await server.GetAsync("api/statemachines", Cancelled);
            }
            catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.Unknown)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), Cancelled);
            }
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
