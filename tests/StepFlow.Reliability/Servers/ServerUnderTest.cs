using StepFlow.Reliability.Measurements;
using StepFlow.Testing;

namespace StepFlow.Reliability.Servers;

/// <summary>The server, killed and started again on the same data as often as a run likes.</summary>
/// <param name="data">Its data folder.</param>
/// <param name="configuration">Its configuration file.</param>
/// <param name="logs">Where to leave what each process wrote to its standard error.</param>
/// <param name="environment">Environment variables for it.</param>
internal sealed class ServerUnderTest(string data, string configuration, string logs, IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    /// <summary>
    /// A server that takes ever more memory is to end, not the machine that tests it: 1.5 GiB of managed heap (hexadecimal).
    /// </summary>
    private const string HeapLimit = "0x60000000";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private ServerProcess? _process;

    /// <summary>Where it listens; null while it is down.</summary>
    public Uri? Url { get; private set; }

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>How often it ended by itself.</summary>
    public int Crashes { get; private set; }

    /// <summary>The id of its process; null while it is down.</summary>
    public int? ProcessId => Url is null ? null : _process?.Id;

    /// <summary>Whether its process has ended by itself.</summary>
    public bool HasExited => _process?.HasExited ?? true;

    /// <summary>Its resident memory in bytes; 0 while it is down.</summary>
    public long ResidentBytes => ProcessId is { } id ? MemoryWatch.Read(id) ?? 0 : 0;

    /// <summary>Starts it.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => InTurnAsync(() => BeginAsync(cancellationToken), cancellationToken);

    /// <summary>Kills it, and starts it again.</summary>
    public Task KillAsync(CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            Url = null;
            await _process!.KillAsync(cancellationToken);
            await EndAsync();
            await BeginAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Stops it in order, and starts it again.</summary>
    public Task RestartAsync(CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            await _process!.StopAsync(cancellationToken);
            Url = null;
            await EndAsync();
            await BeginAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Starts it again where it ended by itself.</summary>
    /// <returns>The end of its log where it had ended; null where it runs.</returns>
    public async Task<string?> ReviveAsync(CancellationToken cancellationToken)
    {
        string? end = null;
        await InTurnAsync(
            async () =>
            {
                if (_process is null || _process.HasExited)
                {
                    Url = null;
                    Crashes++;
                    string errors = _process?.Errors ?? "It did not start.";
                    end = errors[Math.Max(0, errors.Length - 2000)..];
                    await EndAsync();
                    await BeginAsync(cancellationToken);
                }
            },
            cancellationToken);
        return end;
    }

    public async ValueTask DisposeAsync()
    {
        Url = null;
        await EndAsync();
        _gate.Dispose();
    }

    private async Task InTurnAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await action();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _process = await ServerProcess.StartAsync(data, configuration, cancellationToken, new Dictionary<string, string>(environment) { ["DOTNET_GCHeapHardLimit"] = HeapLimit });
        Starts++;
        Url = new(_process.Url);
    }

    private async Task EndAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Dispose();
            await File.WriteAllTextAsync(Path.Combine(logs, $"server-{Starts:0000}.log"), process.Errors);
        }
    }
}
