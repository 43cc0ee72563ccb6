using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace StepFlow.Benchmarks.Peers;

/// <summary>Runs a peer's own program and reads the figure that it prints.</summary>
internal static class PeerProcess
{
    /// <summary>The folder of a peer.</summary>
    public static string Folder(string peer) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourcePath())!, "..", "peers", peer));

    /// <summary>Runs a program in a peer's folder; its packages are installed first where they are not there.</summary>
    /// <returns>The last line, as a number; null where the peer cannot be run here, which is reported on standard error.</returns>
    public static async Task<double?> MeasureAsync(string peer, string program, params IEnumerable<string> arguments)
    {
        string folder = Folder(peer);
        try
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            {
                await RunAsync("npm", folder, ["ci", "--silent", "--no-audit", "--no-fund"]);
            }

            string output = await RunAsync(program, folder, arguments);
            return double.Parse(output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or FormatException)
        {
            await System.Console.Error.WriteLineAsync($"The peer {peer} cannot be measured here: {e.Message}");
            return null;
        }
    }

    public static async Task<string> RunAsync(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} failed with {process.ExitCode}: {await errors}");
    }

    private static string SourcePath([CallerFilePath] string path = "") => path;
}
