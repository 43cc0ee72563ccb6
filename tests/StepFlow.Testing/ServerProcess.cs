using System.Diagnostics;
using System.Text;
using StepFlow.Language.Json;

namespace StepFlow.Testing;

/// <summary>A server in a process of its own, so that it can be killed.</summary>
public sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly HttpClient _http = new();

    private ServerProcess(Process process) => _process = process;

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether the process has ended, however it did.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Where it listens.</summary>
    public string Url { get; private set; } = string.Empty;

    /// <summary>What it wrote to its standard error so far.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>Starts a server on a free port, and waits until it listens.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="configuration">Its configuration file.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <param name="environment">Environment variables to set for it; null for none.</param>
    /// <param name="maxOpenFiles">Most files that the process may open, on Linux; null for the machine's own limit.</param>
    /// <param name="program">The stepflow command; null for the one beside the tests.</param>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static async Task<ServerProcess> StartAsync(
        string data, string configuration, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null, int? maxOpenFiles = null,
        IReadOnlyList<string>? program = null)
    {
        string[] command = [.. program ?? ["dotnet", Path.Combine(AppContext.BaseDirectory, "stepflow.dll")], "serve", "--port", "0", "--data", data, "--config", configuration];
        if (maxOpenFiles is { } limit)
        {
            command = ["sh", "-c", $"ulimit -n {limit} && exec \"$@\"", "sh", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(Process.Start(start.WithoutDiagnostics())!);
        server._process.ErrorDataReceived += (_, line) =>
        {
            lock (server._errors)
            {
                server._errors.AppendLine(line.Data);
            }
        };
        server._process.BeginErrorReadLine();
        string? first = await server._process.StandardOutput.ReadLineAsync(cancellationToken);
        const string Listening = "Listening on ";
        if (first is null || !first.StartsWith(Listening, StringComparison.Ordinal))
        {
            server.Dispose();
            throw new InvalidOperationException($"The server did not start: {first} {server.Errors}");
        }

        server.Url = first[Listening.Length..first.IndexOf(',', StringComparison.Ordinal)];
        _ = server._process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return server;
    }

    /// <summary>Calls the REST API.</summary>
    public async Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken) =>
        (JsonObject)JsonValue.Parse(await _http.GetStringAsync(new Uri(new Uri(Url), path), cancellationToken));

    /// <summary>Sends to the REST API.</summary>
    public async Task<JsonObject> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body.ToUtf8());
        content.Headers.ContentType = new("application/json");
        using HttpResponseMessage response = await _http.PostAsync(new Uri(new Uri(Url), path), content, cancellationToken);
        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? (JsonObject)JsonValue.Parse(text) : throw new InvalidOperationException($"{path} responded with {response.StatusCode}: {text}");
    }

    /// <summary>Requests its stop, as a service manager does (SIGTERM), and waits until it has.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using (Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(cancellationToken);
        }

        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Kills it as kill -9 does: nothing is flushed or reported, and the processes that it started continue.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            if (!_process.WaitForExit(TimeSpan.FromMinutes(1)))
            {
                throw new TimeoutException($"The server {_process.Id} was killed and has not ended.");
            }
        }

        _http.Dispose();
        _process.Dispose();
    }
}
