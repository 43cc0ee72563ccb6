using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StepFlow.Functions.Executions;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>
/// The Functions host itself with the built app: the program that <c>STEPFLOW_FUNCTIONS_HOST</c> names (<c>func</c>, or the
/// host's own <c>Microsoft.Azure.WebJobs.Script.WebHost.dll</c>), or <c>func</c> on the path.
/// </summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private const string Variable = "STEPFLOW_FUNCTIONS_HOST";
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private readonly Process _process;

    private FunctionsHost(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The program; null where there is none.</summary>
    public static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Select(static folder => Path.Combine(folder, "func")).FirstOrDefault(File.Exists);

    /// <summary>Starts it, and waits until the app answers.</summary>
    /// <param name="program">The program.</param>
    /// <param name="connectionString">The storage account.</param>
    /// <param name="hub">The task hub.</param>
    /// <param name="settings">The app's settings.</param>
    public static async Task<FunctionsHost> StartAsync(string program, string connectionString, string hub, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        string app = AppFolder();
        Uri address = new($"http://127.0.0.1:{FreePort()}/");
        bool isTools = Path.GetExtension(program) != ".dll";
        var start = new ProcessStartInfo(isTools ? program : "dotnet", isTools ? ["start", "--no-build", "--port", $"{address.Port}"] : [program])
        {
            WorkingDirectory = app,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (string Name, string Value)[] environment =
        [
            ("ASPNETCORE_URLS", address.ToString()), ("AzureWebJobsScriptRoot", app), ("AZURE_FUNCTIONS_ENVIRONMENT", "Development"),
            ("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated"), ("AzureWebJobsStorage", connectionString), ("WorkflowStorage", connectionString),
            ("TASK_HUB_NAME", hub), ("AzureWebJobs.Inbox.Disabled", "true"), ("AzureWebJobs.VideoUploaded.Disabled", "true"),
        ];
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        foreach ((string name, string? value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var lines = new ConcurrentQueue<string?>();
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => lines.Enqueue(line.Data);
        process.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var host = new FunctionsHost(process, address);
        await host.WaitAsync(lines);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    /// <summary>The app as it is built: what the host reads (<c>host.json</c>, <c>functions.metadata</c>, <c>.azurefunctions</c>) is beside it.</summary>
    private static string AppFolder()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "StepFlow.sln")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("The tests are not in the repository: the app's build is not found.");
        }

        string[] ends = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^2..];
        return Path.Combine([root, "src", typeof(AzureExecutionHost).Assembly.GetName().Name!, "bin", .. ends]);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitAsync(ConcurrentQueue<string?> lines)
    {
        using var http = new HttpClient { BaseAddress = Address };
        while (true)
        {
            Assert.False(_process.HasExited, $"The Functions host has ended:\n{string.Join('\n', lines)}");
            try
            {
                using HttpResponseMessage response = await http.GetAsync(new Uri("openapi.json", UriKind.Relative), Cancelled);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(LookInterval, Cancelled);
        }
    }
}
