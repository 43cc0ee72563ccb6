using System.CommandLine;
using StepFlow.Local.Failures;
using StepFlow.Local.Maintenance;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow restore FILE</c>: makes a backup the data of a folder.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Backup = new("FILE") { Description = "The backup." };

    public static Command Create() => new ExampleCommand(
        "restore",
        "Copies a backup to a data folder without data. A server that uses this folder continues from the backup.",
        "stepflow restore stepflow-2026-11-28.db --data /var/lib/stepflow")
    {
        Backup, DataOption.Folder, CommonOptions.Json,
    }.Runs(Run);

    private static int Run(ParseResult arguments)
    {
        string folder = arguments.GetRequiredValue(DataOption.Folder);
        DataFolder.Restore(arguments.GetRequiredValue(Backup), folder);
        new CommandOutput(arguments).Write(JsonObject.Create(("data", folder)), output => output.WriteLine($"The backup was restored to {folder}."));
        return ExitCodes.Success;
    }
}
