using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StepFlow.Functions.Executions;
using StepFlow.Testing;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>
/// The Functions host itself with the built app: the program that <c>STEPFLOW_FUNCTIONS_HOST</c> names (<c>func</c>, or the
/// host's own <c>Microsoft.Azure.WebJobs.Script.WebHost.dll</c>), or <c>func</c> on the path.
/// </summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private const string Variable = "STEPFLOW_FUNCTIONS_HOST";
    private const int ShownLines = 60;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    /// <summary>The triggers that need what no emulator has: Service Bus and Event Grid.</summary>
    public static IReadOnlyList<string> Disabled { get; } = ["Inbox", "VideoUploaded"];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private FunctionsHost(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What it wrote so far.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    private string LastLines => string.Join('\n', _lines.TakeLast(ShownLines));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The program; null where there is none.</summary>
    public static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Select(static folder => Path.Combine(folder, "func")).FirstOrDefault(File.Exists);

    /// <summary>Finds the program; skips the test where there is none.</summary>
    public static string Require()
    {
        string? program = Find();
        Assert.SkipWhen(
            program is null,
            $"There is no Functions host here: put 'func' (Azure Functions Core Tools 4) on the path, or name one with {Variable} (tests/README.md, \"The Functions host\").");
        return program;
    }

    /// <summary>Starts it, and waits until the app responds.</summary>
    /// <param name="program">The program.</param>
    /// <param name="connectionString">The storage account.</param>
    /// <param name="hub">The task hub.</param>
    /// <param name="settings">The app's settings.</param>
    /// <param name="machine">
    /// The machine name that it uses, for a second host beside another: the durable back end names its workers so.
    /// Null for the machine's own.
    /// </param>
    public static async Task<FunctionsHost> StartAsync(
        string program, string connectionString, string hub, IEnumerable<KeyValuePair<string, string?>> settings, string? machine = null)
    {
        string app = AppFolder();
        Uri address = new($"http://127.0.0.1:{FreePort()}/");
        string[] command = Path.GetExtension(program) == ".dll" ? ["dotnet", program] : [program, "start", "--no-build", "--port", $"{address.Port}"];
        if (machine is not null)
        {
            command = ["unshare", "--map-root-user", "--uts", "sh", "-c", "hostname \"$0\" && exec \"$@\"", machine, .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = app,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // If this is set, the host acts as in a container of the Consumption plan, as some build machines do.
        start.Environment.Remove("CONTAINER_NAME");
        (string Name, string Value)[] environment =
        [
            ("ASPNETCORE_URLS", address.ToString()), ("WEBSITE_HOSTNAME", address.Authority), ("AzureWebJobsScriptRoot", app),
            ("AZURE_FUNCTIONS_ENVIRONMENT", "Development"), ("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated"),
            ("AzureWebJobsStorage", connectionString), ("WorkflowStorage", connectionString), ("TASK_HUB_NAME", hub),
            .. Disabled.Select(static name => ($"AzureWebJobs.{name}.Disabled", "true")),
        ];
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        foreach ((string name, string? value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        Process process = Process.Start(start.WithoutDiagnostics())!;
        var host = new FunctionsHost(process, address);
        process.OutputDataReceived += (_, line) => host._lines.Enqueue(line.Data ?? string.Empty);
        process.ErrorDataReceived += (_, line) => host._lines.Enqueue(line.Data ?? string.Empty);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await host.WaitAsync();
        return host;
    }

    /// <summary>Kills it and the app's process (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    /// <summary>The app as it is built: what the host reads (<c>host.json</c>, <c>functions.metadata</c>, <c>.azurefunctions</c>) is beside it.</summary>
    private static string AppFolder()
    {
        string[] ends = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^2..];
        return Path.Combine([Repository.Root, "src", typeof(AzureExecutionHost).Assembly.GetName().Name!, "bin", .. ends]);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(StartLimit);
        try
        {
            while (!await RespondsAsync(http, limit.Token))
            {
                Assert.False(_process.HasExited, $"The Functions host has ended:\n{LastLines}");
                await Task.Delay(LookInterval, limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The app did not respond in {StartLimit}. The Functions host wrote last:\n{LastLines}");
        }
    }

    private static async Task<bool> RespondsAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri("openapi.json", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }
}
