using System.Diagnostics;
using System.Globalization;
using StepFlow.Benchmarks.Peers;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Jsonata;

/// <summary>npm jsonata in Node. Each case is measured when it is asked for, so that both sides see the machine at the same time.</summary>
internal sealed class JsonataPeer : IDisposable
{
    private readonly Process _process;
    private readonly TemporaryFolder _folder;

    private JsonataPeer(Process process, TemporaryFolder folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>Starts the peer; null where it cannot run here, which is reported on standard error.</summary>
    public static async Task<JsonataPeer?> StartAsync(IReadOnlyList<JsonataCase> cases, int rounds, TimeSpan round, TimeSpan warmUp)
    {
        string folder = PeerProcess.Folder("jsonata");
        TemporaryFolder? temporary = null;
        try
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            {
                await PeerProcess.RunAsync("npm", folder, ["ci", "--silent", "--no-audit", "--no-fund"]);
            }

            temporary = new();
            string file = temporary.File("cases.json", Describe(cases).ToString());
            string[] arguments = ["bench.mjs", file, Text(rounds), Text(round.TotalMilliseconds), Text(warmUp.TotalMilliseconds)];
            var start = new ProcessStartInfo("node", arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true };
            return Process.Start(start) is { } process ? new(process, temporary) : null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            await System.Console.Error.WriteLineAsync($"The peer jsonata cannot be measured here: {e.Message}");
            temporary?.Dispose();
            return null;
        }
    }

    /// <summary>Evaluations a second of a case: with the expression parsed before, and with parsing included.</summary>
    public async Task<(double Warm, double Parsed)> MeasureAsync(int index)
    {
        await _process.StandardInput.WriteLineAsync(Text(index));
        string line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("node has ended.");
        string[] rates = line.Split(' ');
        return (double.Parse(rates[0], CultureInfo.InvariantCulture), double.Parse(rates[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private static JsonArray Describe(IReadOnlyList<JsonataCase> cases) =>
        JsonArray.From(cases.Select(item => (JsonValue)JsonObject.Create(("expression", item.Expression), ("input", item.Input))));

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
