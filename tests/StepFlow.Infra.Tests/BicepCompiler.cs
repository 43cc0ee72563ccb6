using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using StepFlow.Integrations.Processes;
using StepFlow.Testing;

namespace StepFlow.Infra.Tests;

/// <summary>The Bicep compiler and its linter, which knows the types of Azure's resources.</summary>
internal static class BicepCompiler
{
    /// <summary>Compiles a file and its modules.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The ARM template, and the messages of the compiler and the linter: a line each.</returns>
    public static async Task<(string Template, IReadOnlyList<string> Diagnostics)> CompileAsync(string path)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "The Bicep compiler of these tests is the one for Linux on x64.");
        var template = new StringBuilder();
        using var output = new TemporaryFolder();
        string file = output.PathOf("template.json");
        ChildResult result = await ChildProcess.RunAsync(
            new()
            {
                FileName = Find(),
                Arguments = ["build", path, "--outfile", file],
                Timeout = TimeSpan.FromMinutes(3),
                OutputLine = line => template.AppendLine(line),
            },
            TimeProvider.System,
            TestContext.Current.CancellationToken);
        string[] diagnostics = [.. (template + result.ErrorTail).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        Assert.True(result.ExitCode == 0, string.Join('\n', diagnostics));
        return (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), diagnostics);
    }

    private static string Find() =>
        typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Bicep").Value!;
}
