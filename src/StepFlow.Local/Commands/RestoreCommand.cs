using System.CommandLine;
using StepFlow.Language.Json;
using StepFlow.Local.Failures;
using StepFlow.Local.Maintenance;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow restore FILE</c>: makes a backup the data of a folder.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Backup = new("FILE") { Description = "The backup." };

    public static Command Create() => new ExampleCommand(
        "restore",
        "Makes a backup the data of a folder that has none. A server started on it goes on from there.",
        "stepflow restore stepflow-2026-11-28.db --data /var/lib/stepflow")
    {
        Backup, DataOption.Folder, CommonOptions.Json,
    }.Runs(Run);

    private static int Run(ParseResult arguments)
    {
        string folder = arguments.GetRequiredValue(DataOption.Folder);
        DataFolder.Restore(arguments.GetRequiredValue(Backup), folder);
        new CommandOutput(arguments).Write(JsonObject.Create(("data", folder)), output => output.WriteLine($"{folder} holds the data of the backup."));
        return ExitCodes.Success;
    }
}
