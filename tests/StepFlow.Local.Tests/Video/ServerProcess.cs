using System.Diagnostics;
using StepFlow.Language.Json;

namespace StepFlow.Local.Tests.Video;

/// <summary>A server in a process of its own, on a free port, that can be killed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private ServerProcess(Process process, Uri url)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = url };
    }

    /// <summary>Starts one, and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(string configuration, string data, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "stepflow.dll"), "serve", "--config", configuration, "--data", data, "--port", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("Listening on ", StringComparison.Ordinal))
            {
                return new(process, new Uri(line["Listening on ".Length..].Split(',')[0]));
            }
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }

    /// <summary>Kills it with SIGKILL: it has no moment to write or to clean up. What it started is left to itself.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the REST face.</summary>
    public async Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken) =>
        (JsonObject)JsonValue.Parse(await _http.GetStringAsync(new Uri("api/statemachines/video-pipeline/" + path, UriKind.Relative), cancellationToken));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
