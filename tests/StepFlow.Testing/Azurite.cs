using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using StepFlow.Integrations.Processes;

namespace StepFlow.Testing;

/// <summary>
/// A storage emulator of its own: on free ports of the loopback interface, gone when disposed or when the tests are killed. It
/// keeps everything in memory, or in a folder: then another one can continue where it stopped. Installs the emulator from its
/// lock file where it is missing.
/// </summary>
public sealed partial class Azurite : IAsyncDisposable
{
    // The emulator's documented account and key, the same on every machine.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // A second account, apart from the first.
    private const string OtherAccount = "otheraccount1";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Dictionary<string, string> _urls = [];
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<ChildResult> _run;

    private Azurite(string program, string? data, Azurite? before)
    {
        string shell = data is null ? "exec \"$@\"" : $"echo $$ >'{PidFile(data)}'; exec \"$@\"";
        _run = ChildProcess.RunAsync(
            new()
            {
                FileName = "sh",
                Arguments =
                [
                    "-c", shell, "sh", "node",
                    Path.Combine(program, "node_modules", "azurite", "dist", "src", "azurite.js"),
                    "--silent", "--disableTelemetry", "--skipApiVersionCheck",
                    .. (ReadOnlySpan<string>)(data is null ? ["--inMemoryPersistence"] : ["--location", data]),
                    .. Address("blob", before), .. Address("queue", before), .. Address("table", before),
                ],
                Environment = new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{Key};{OtherAccount}:{Key}" },
                OutputLine = Read,
                Timeout = TimeSpan.FromHours(1),
            },
            TimeProvider.System,
            _stop.Token);
        Data = data;
    }

    /// <summary>The folder that holds its data; null where they are in memory.</summary>
    public string? Data { get; }

    /// <summary>How clients reach it.</summary>
    public string ConnectionString => ConnectionTo(Account);

    /// <summary>How clients reach its second account, which holds nothing of the first.</summary>
    public string OtherConnectionString => ConnectionTo(OtherAccount);

    /// <summary>Starts one that keeps everything in memory.</summary>
    public static Task<Azurite> StartAsync() => StartAsync(null, null);

    /// <summary>Starts one.</summary>
    /// <param name="data">The folder for its data; null to keep them in memory.</param>
    /// <param name="before">One that has stopped, whose addresses it takes; null for free ports.</param>
    public static async Task<Azurite> StartAsync(string? data, Azurite? before)
    {
        string program = Path.Combine(Repository.Root, "scripts", "azurite");
        await InstallAsync(program);
        var azurite = new Azurite(program, data, before);
        await Task.WhenAny(azurite._listening.Task, azurite._run).WaitAsync(StartLimit);
        return azurite._listening.Task.IsCompleted
            ? azurite
            : throw new InvalidOperationException("Azurite ended before it listened: " + (await azurite._run).ErrorTail);
    }

    /// <summary>Requests its stop (SIGTERM) and waits until it has: its data are in its folder then.</summary>
    public async Task StopAsync()
    {
        string pid = await File.ReadAllTextAsync(PidFile(Data ?? throw new InvalidOperationException("It keeps its data in memory.")));
        using (Process kill = Process.Start("kill", ["-TERM", pid.Trim()]))
        {
            await kill.WaitForExitAsync();
        }

        await _run.WaitAsync(StartLimit);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static string PidFile(string data) => Path.Combine(data, "azurite.pid");

    private static string[] Address(string service, Azurite? before)
    {
        string port = before is null ? "0" : new Uri(before._urls[char.ToUpperInvariant(service[0]) + service[1..]]).Port.ToString(CultureInfo.InvariantCulture);
        return [$"--{service}Host", "127.0.0.1", $"--{service}Port", port];
    }

    private string ConnectionTo(string account) => $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};"
        + $"BlobEndpoint={_urls["Blob"]}/{account};QueueEndpoint={_urls["Queue"]}/{account};TableEndpoint={_urls["Table"]}/{account};";

    private void Read(string line)
    {
        if (Listening().Match(line) is { Success: true } match)
        {
            _urls[match.Groups[1].Value] = match.Groups[2].Value;
            if (_urls.Count == 3)
            {
                _listening.SetResult();
            }
        }
    }

    // Test projects run side by side: one installs, the others wait for it.
    private static async Task InstallAsync(string folder)
    {
        string marker = Path.Combine(folder, "node_modules", ".package-lock.json");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        while (!File.Exists(marker))
        {
            try
            {
                string artifacts = Directory.CreateDirectory(Path.Combine(Repository.Root, ".artifacts")).FullName;
                await using FileStream gate = new(Path.Combine(artifacts, "azurite.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                if (!File.Exists(marker))
                {
                    using Process npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--silent", "--no-audit", "--no-fund"]) { WorkingDirectory = folder })!;
                    await npm.WaitForExitAsync(limit.Token);
                    if (npm.ExitCode != 0)
                    {
                        throw new InvalidOperationException("npm ci failed in " + folder);
                    }
                }
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), limit.Token);
            }
        }
    }

    [GeneratedRegex(@"Azurite (Blob|Queue|Table) service is successfully listening at (http://[0-9.:]+)")]
    private static partial Regex Listening();
}
