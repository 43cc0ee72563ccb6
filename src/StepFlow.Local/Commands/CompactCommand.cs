using System.CommandLine;
using StepFlow.Local.Failures;
using StepFlow.Local.Maintenance;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow compact</c>: releases the disk space of removed data.</summary>
internal static class CompactCommand
{
    public static Command Create() => new ExampleCommand(
        "compact",
        "Frees the disk space of removed executions. The server must not run. The disk needs space for a copy of the data.",
        "stepflow compact --data /var/lib/stepflow")
    {
        DataOption.Folder, CommonOptions.Json,
    }.Runs(Run);

    private static int Run(ParseResult arguments)
    {
        (long before, long after) = DataFolder.Compact(arguments.GetRequiredValue(DataOption.Folder));
        new CommandOutput(arguments).Write(
            JsonObject.Create(("bytesBefore", before), ("bytesAfter", after)), output => output.WriteLine($"{before} bytes before, {after} bytes after."));
        return ExitCodes.Success;
    }
}
