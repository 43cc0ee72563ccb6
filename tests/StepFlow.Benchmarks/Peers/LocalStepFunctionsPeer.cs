using System.Globalization;

namespace StepFlow.Benchmarks.Peers;

/// <summary>npm aws-local-stepfunctions: Amazon States Language in memory.</summary>
internal static class LocalStepFunctionsPeer
{
    /// <summary>Units a second: each execution of the machine is so many.</summary>
    public static async Task<double?> MeasureAsync(string definition, string input, int units, double seconds)
    {
        string folder = Directory.CreateTempSubdirectory("stepflow-bench-").FullName;
        try
        {
            string definitionFile = Path.Combine(folder, "definition.json");
            string inputFile = Path.Combine(folder, "input.json");
            await File.WriteAllTextAsync(definitionFile, definition);
            await File.WriteAllTextAsync(inputFile, input);
            return await PeerProcess.MeasureAsync(
                "aws-local-stepfunctions",
                "node",
                ["bench.mjs", definitionFile, inputFile, units.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture)]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
