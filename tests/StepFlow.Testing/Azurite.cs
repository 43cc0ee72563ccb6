using System.Diagnostics;
using System.Text.RegularExpressions;

namespace StepFlow.Testing;

/// <summary>
/// A storage emulator of its own: on free ports of the loopback interface, in memory, gone when disposed. Installs the
/// emulator from its lock file where it is missing.
/// </summary>
public sealed partial class Azurite : IAsyncDisposable
{
    // The emulator's documented account and key, the same on every machine.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly EventHandler _stopWithUs;

    private Azurite(Process process, string connectionString)
    {
        _process = process;
        ConnectionString = connectionString;
        _stopWithUs = (_, _) => Kill();
        AppDomain.CurrentDomain.ProcessExit += _stopWithUs;
    }

    /// <summary>How clients reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts one.</summary>
    public static async Task<Azurite> StartAsync()
    {
        string folder = Path.Combine(Repository.Root, "scripts", "azurite");
        await InstallAsync(folder);
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])[
            Path.Combine(folder, "node_modules", "azurite", "dist", "src", "azurite.js"),
            "--silent", "--disableTelemetry", "--inMemoryPersistence", "--skipApiVersionCheck",
            "--blobHost", "127.0.0.1", "--blobPort", "0",
            "--queueHost", "127.0.0.1", "--queuePort", "0",
            "--tableHost", "127.0.0.1", "--tablePort", "0"])
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        try
        {
            return new(process, await ReadEndpointsAsync(process));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= _stopWithUs;
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<string> ReadEndpointsAsync(Process process)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        var urls = new Dictionary<string, string>();
        while (urls.Count < 3)
        {
            string line = await process.StandardOutput.ReadLineAsync(limit.Token)
                ?? throw new InvalidOperationException("Azurite ended before it listened.");
            if (Listening().Match(line) is { Success: true } match)
            {
                urls[match.Groups[1].Value] = match.Groups[2].Value;
            }
        }

        // Read on, so that it never waits for a full pipe.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + $"BlobEndpoint={urls["Blob"]}/{Account};QueueEndpoint={urls["Queue"]}/{Account};TableEndpoint={urls["Table"]}/{Account};";
    }

    // Test projects run side by side: one installs, the others wait for it.
    private static async Task InstallAsync(string folder)
    {
        string marker = Path.Combine(folder, "node_modules", ".package-lock.json");
        while (!File.Exists(marker))
        {
            try
            {
                await using FileStream gate = new(Path.Combine(Path.GetTempPath(), "stepflow-azurite.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                if (!File.Exists(marker))
                {
                    using Process npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--silent", "--no-audit", "--no-fund"]) { WorkingDirectory = folder })!;
                    await npm.WaitForExitAsync();
                    if (npm.ExitCode != 0)
                    {
                        throw new InvalidOperationException("npm ci failed in " + folder);
                    }
                }
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    private void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    [GeneratedRegex(@"Azurite (Blob|Queue|Table) service is successfully listening at (http://[0-9.:]+)")]
    private static partial Regex Listening();
}
