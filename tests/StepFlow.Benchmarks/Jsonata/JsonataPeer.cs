using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using StepFlow.Language.Json;

namespace StepFlow.Benchmarks.Jsonata;

/// <summary>Measures npm jsonata in Node on the same expressions and data.</summary>
internal static class JsonataPeer
{
    /// <summary>The figures by name; none where Node or the package is not there.</summary>
    public static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(IReadOnlyList<JsonataCase> cases, int rounds, TimeSpan round, TimeSpan warmUp)
    {
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        string folder = Path.Combine(Path.GetDirectoryName(SourcePath())!, "..", "peers", "jsonata");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            await RunAsync("npm", folder, "ci", "--silent", "--no-audit", "--no-fund");
        }

        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, Describe(cases).ToUtf8());
            string output = await RunAsync("node", folder, "bench.mjs", file, Text(rounds), Text(round.TotalMilliseconds), Text(warmUp.TotalMilliseconds));
            foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                string[] parts = line.Split(' ');
                figures[parts[0]] = double.Parse(parts[1], CultureInfo.InvariantCulture);
            }
        }
        finally
        {
            File.Delete(file);
        }

        return figures;
    }

    private static JsonArray Describe(IReadOnlyList<JsonataCase> cases) => JsonArray.From(cases.Select(item => (JsonValue)JsonObject.Create(
        ("name", "jsonata-" + item.Name),
        ("expression", item.Expression),
        ("input", item.Input))));

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string SourcePath([CallerFilePath] string path = "") => path;

    private static async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed with {process.ExitCode}.");
    }
}
