using System.CommandLine;
using StepFlow.Local.Failures;
using StepFlow.Local.Maintenance;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow backup FILE</c>: copies the data of a server, which can run meanwhile.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> Target = new("FILE") { Description = "The backup file to create. It must not exist." };

    public static Command Create() => new ExampleCommand(
        "backup",
        "Copies the data of a server to a file. The server can run meanwhile.",
        "stepflow backup stepflow-2026-11-28.db --data /var/lib/stepflow")
    {
        Target, DataOption.Folder, CommonOptions.Json,
    }.Runs(Run);

    private static int Run(ParseResult arguments)
    {
        string target = arguments.GetRequiredValue(Target);
        long bytes = DataFolder.Backup(arguments.GetRequiredValue(DataOption.Folder), target);
        new CommandOutput(arguments).Write(
            JsonObject.Create(("file", target), ("bytes", bytes)), output => output.WriteLine($"The backup is in {target} ({bytes} bytes)."));
        return ExitCodes.Success;
    }
}
