using System.CommandLine;
using StepFlow.Local.Journal;
using StepFlow.Local.Maintenance;

namespace StepFlow.Local.Commands;

/// <summary>Commands that work on a data folder without a server.</summary>
internal static class DataCommands
{
    public static Option<string> Folder { get; } = new("--data", "-d")
    {
        Description = "The data folder. Default .stepflow.",
        HelpName = "DIR",
        DefaultValueFactory = static _ => ".stepflow",
    };

    private static readonly Argument<string> NewBackup = new("FILE") { Description = "The backup file to create. It must not exist." };

    private static readonly Argument<string> Backup = new("FILE") { Description = "The backup." };

    /// <summary><c>stepflow backup FILE</c>: copies the data of a server, which can run meanwhile.</summary>
    public static Command CreateBackup() => new ExampleCommand(
        "backup",
        "Copies the data of a server to a file. The server can run meanwhile.",
        "stepflow backup stepflow-2026-11-28.db --data /var/lib/stepflow")
    {
        NewBackup, Folder, CommonOptions.Json,
    }.Runs(static arguments =>
    {
        string target = arguments.GetRequiredValue(NewBackup);
        long bytes = DataFolder.Backup(arguments.GetRequiredValue(Folder), target);
        new CommandOutput(arguments).Write(
            JsonObject.Create(("file", target), ("bytes", bytes)), output => output.WriteLine($"The backup is in {target} ({bytes} bytes)."));
        return ExitCodes.Success;
    });

    /// <summary><c>stepflow restore FILE</c>: makes a backup the data of a folder.</summary>
    public static Command CreateRestore() => new ExampleCommand(
        "restore",
        "Copies a backup to a data folder without data. A server that uses this folder continues from the backup.",
        "stepflow restore stepflow-2026-11-28.db --data /var/lib/stepflow")
    {
        Backup, Folder, CommonOptions.Json,
    }.Runs(static arguments =>
    {
        string folder = arguments.GetRequiredValue(Folder);
        DataFolder.Restore(arguments.GetRequiredValue(Backup), folder);
        new CommandOutput(arguments).Write(JsonObject.Create(("data", folder)), output => output.WriteLine($"The backup was restored to {folder}."));
        return ExitCodes.Success;
    });

    /// <summary><c>stepflow doctor</c>: checks the data for damage.</summary>
    public static Command CreateDoctor() => new ExampleCommand(
        "doctor",
        "Checks the data of a server for damage, and lists every damaged execution. The server can run meanwhile.",
        "stepflow doctor --data /var/lib/stepflow")
    {
        Folder, CommonOptions.Json,
    }.Runs(Check);

    /// <summary><c>stepflow compact</c>: releases the disk space of removed data.</summary>
    public static Command CreateCompact() => new ExampleCommand(
        "compact",
        "Frees the disk space of removed executions. The server must not run. The disk needs space for a copy of the data.",
        "stepflow compact --data /var/lib/stepflow")
    {
        Folder, CommonOptions.Json,
    }.Runs(static arguments =>
    {
        (long before, long after) = DataFolder.Compact(arguments.GetRequiredValue(Folder));
        new CommandOutput(arguments).Write(
            JsonObject.Create(("bytesBefore", before), ("bytesAfter", after)), output => output.WriteLine($"{before} bytes before, {after} bytes after."));
        return ExitCodes.Success;
    });

    private static int Check(ParseResult arguments)
    {
        string folder = arguments.GetRequiredValue(Folder);
        (long executions, IReadOnlyList<Damage> found) = DataFolder.Check(folder);
        JsonObject report = JsonObject.Create(
            ("executions", executions),
            ("damaged", JsonArray.From(found.Select(static damage => (JsonValue)JsonObject.Create(("subject", damage.Subject), ("problem", damage.Problem))))));
        new CommandOutput(arguments).Write(report, output =>
        {
            foreach (Damage damage in found)
            {
                output.WriteLine($"{damage.Subject}: {damage.Problem}");
            }

            output.WriteLine(found.Count == 0
                ? $"No damage found in {folder} ({executions} executions)."
                : $"{found.Count} problems in {folder} ({executions} executions). {Advice(folder, found)}");
        });
        return found.Count == 0 ? ExitCodes.Success : ExitCodes.DataUnusable;
    }

    private static string Advice(string folder, IReadOnlyList<Damage> found) => found.Any(static damage => damage.Subject == DataCheck.File)
        ? $"The structure of the file is damaged. Restore a backup: mv {folder}/stepflow.db* ELSEWHERE && stepflow restore BACKUP --data {folder}"
        : "The other executions can be used. A backup may contain the damaged ones.";
}
