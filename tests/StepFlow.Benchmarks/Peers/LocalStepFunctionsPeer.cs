using System.Globalization;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Peers;

/// <summary>npm aws-local-stepfunctions: Amazon States Language in memory.</summary>
internal static class LocalStepFunctionsPeer
{
    /// <summary>Units a second: each execution of the machine is so many.</summary>
    public static async Task<double?> MeasureAsync(string definition, string input, int units, double seconds)
    {
        using var folder = new TemporaryFolder();
        string definitionFile = folder.File("definition.json", definition);
        string inputFile = folder.File("input.json", input);
        return await PeerProcess.MeasureAsync(
            "aws-local-stepfunctions",
            "node",
            ["bench.mjs", definitionFile, inputFile, units.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture)]);
    }
}
