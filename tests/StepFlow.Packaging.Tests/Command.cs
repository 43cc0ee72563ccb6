using System.Diagnostics;
using StepFlow.Testing;

namespace StepFlow.Packaging.Tests;

/// <summary>A command that was run to its end.</summary>
public sealed record Command(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <param name="folder">Where it runs; null for here.</param>
    /// <param name="environment">The only variables that it has; null for those of the tests.</param>
    public static async Task<Command> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.WorkingDirectory = folder ?? start.WorkingDirectory;
        if (environment is not null)
        {
            start.Environment.Clear();
            foreach ((string name, string value) in environment)
            {
                start.Environment[name] = value;
            }
        }

        using Process process = Process.Start(start.WithoutDiagnostics())!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new(process.ExitCode, await output, await error);
    }
}
