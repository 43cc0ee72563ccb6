using System.CommandLine;
using StepFlow.Local.Failures;
using StepFlow.Local.Journal;
using StepFlow.Local.Maintenance;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow doctor</c>: checks the data for damage.</summary>
internal static class DoctorCommand
{
    public static Command Create() => new ExampleCommand(
        "doctor",
        "Checks the data of a server for damage, and lists every damaged execution. The server can run meanwhile.",
        "stepflow doctor --data /var/lib/stepflow")
    {
        DataOption.Folder, CommonOptions.Json,
    }.Runs(Run);

    private static int Run(ParseResult arguments)
    {
        string folder = arguments.GetRequiredValue(DataOption.Folder);
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
