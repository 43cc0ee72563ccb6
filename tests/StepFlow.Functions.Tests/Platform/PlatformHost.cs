using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using StepFlow.Functions.Executions;
using StepFlow.Testing;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>The built app as the process that the platform starts: what the Functions host does with it, as far as tests need it.</summary>
internal sealed class PlatformHost : IAsyncDisposable
{
    private static readonly TimeSpan ConnectInterval = TimeSpan.FromMilliseconds(50);

    private readonly FunctionRpc _rpc;
    private readonly Process _process;
    private readonly HttpClient _http = new();

    private PlatformHost(FunctionRpc rpc, Process process)
    {
        _rpc = rpc;
        _process = process;
    }

    /// <summary>The functions that the app has, by name.</summary>
    public IReadOnlyDictionary<string, JsonObject> Functions { get; private set; } = new Dictionary<string, JsonObject>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts the app, and requests its functions.</summary>
    /// <param name="connectionString">The storage account.</param>
    /// <param name="settings">The app's settings besides.</param>
    public static async Task<PlatformHost> StartAsync(string connectionString, params (string Name, string Value)[] settings)
    {
        FunctionRpc rpc = await FunctionRpc.StartAsync();
        string app = typeof(AzureExecutionHost).Assembly.Location;
        var start = new ProcessStartInfo(
            "dotnet",
            [
                app, "--functions-uri", rpc.Address.ToString(), "--functions-worker-id", "worker", "--functions-request-id", "start",
                "--functions-grpc-max-message-length", "134217728",
            ])
        {
            WorkingDirectory = Path.GetDirectoryName(app),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AzureWebJobsStorage"] = connectionString;
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = start.WorkingDirectory;
        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start.WithoutDiagnostics())!;
        var errors = new ConcurrentQueue<string?>();
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data);
        process.Exited += (_, _) => rpc.Fail($"The app has ended: {string.Join("\n", errors)}");
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var host = new PlatformHost(rpc, process);
        await host.OpenAsync(start.WorkingDirectory!);
        return host;
    }

    /// <summary>Has the app load a function.</summary>
    public async Task<JsonObject> LoadAsync(string name)
    {
        await _rpc.SendAsync("functionLoadRequest", new JsonObject { ["functionId"] = Id(name), ["metadata"] = Functions[name].DeepClone() }, Cancelled);
        return await _rpc.NextAsync("functionLoadResponse", Cancelled);
    }

    /// <summary>Has the app run a function.</summary>
    /// <param name="name">The function.</param>
    /// <param name="inputs">What its bindings give, by parameter.</param>
    public async Task<JsonObject> InvokeAsync(string name, params (string Parameter, JsonNode Data)[] inputs)
    {
        await RequestAsync(name, Guid.NewGuid().ToString(), inputs);
        return await _rpc.NextAsync("invocationResponse", Cancelled);
    }

    /// <summary>Sends the app a request: it is announced on the stream, and sent to the app's address for requests.</summary>
    public async Task<HttpResponseMessage> SendAsync(string name, HttpRequestMessage request)
    {
        string invocation = Guid.NewGuid().ToString();
        request.RequestUri = new Uri(_http.BaseAddress!, request.RequestUri!);
        request.Headers.Add("x-ms-invocation-id", invocation);
        var data = new JsonObject { ["http"] = new JsonObject { ["method"] = request.Method.Method, ["url"] = request.RequestUri.ToString() } };
        var client = new JsonObject { ["string"] = """{"taskHubName":"hub","rpcBaseUrl":"http://127.0.0.1:1/"}""" };
        await RequestAsync(name, invocation, ("request", data), ("client", client));
        HttpResponseMessage response = await _http.SendAsync(request, Cancelled);
        JsonObject returned = await _rpc.NextAsync("invocationResponse", Cancelled);
        Assert.Equal("Success", (string)returned["result"]!["status"]!);
        return response;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        await _rpc.DisposeAsync();
    }

    private async Task OpenAsync(string folder)
    {
        Assert.Equal("worker", (string)(await _rpc.NextAsync("startStream", Cancelled))["workerId"]!);
        await _rpc.SendAsync("workerInitRequest", new JsonObject { ["hostVersion"] = "4.1037.0", ["functionAppDirectory"] = folder }, Cancelled);
        JsonObject initialized = await _rpc.NextAsync("workerInitResponse", Cancelled);
        Assert.Equal("Success", (string)initialized["result"]!["status"]!);
        _http.BaseAddress = new Uri((string)initialized["capabilities"]!["HttpUri"]!);
        await WaitUntilListeningAsync(_http.BaseAddress);
        await _rpc.SendAsync("functionsMetadataRequest", new JsonObject { ["functionAppDirectory"] = folder }, Cancelled);
        JsonObject found = await _rpc.NextAsync("functionMetadataResponse", Cancelled);
        Functions = ((JsonArray)found["functionMetadataResults"]!).ToDictionary(function => (string)function!["name"]!, function => (JsonObject)function!);
    }

    /// <summary>The app gives its address before it listens there: the Functions host repeats what is refused, too.</summary>
    private async Task WaitUntilListeningAsync(Uri address)
    {
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(address.Host, address.Port, Cancelled);
                return;
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused && !_process.HasExited)
            {
                await Task.Delay(ConnectInterval, Cancelled);
            }
        }
    }

    private string Id(string name) => (string?)Functions[name]["functionId"] is { Length: > 0 } id ? id : name;

    private Task RequestAsync(string name, string invocation, params (string Parameter, JsonNode Data)[] inputs) => _rpc.SendAsync(
        "invocationRequest",
        new JsonObject
        {
            ["invocationId"] = invocation,
            ["functionId"] = Id(name),
            ["inputData"] = new JsonArray([.. inputs.Select(input => new JsonObject { ["name"] = input.Parameter, ["data"] = input.Data.DeepClone() })]),
            ["traceContext"] = new JsonObject { ["traceParent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
        },
        Cancelled);
}
