using System.Text;
using StepFlow.Local.Definitions;
using StepFlow.Local.Templates;

namespace StepFlow.Local.Imports;

/// <summary>The report of an import, for people.</summary>
internal static class ImportReport
{
    /// <summary>Writes it, as Markdown.</summary>
    public static string Write(string source, ImportResult result)
    {
        var text = new StringBuilder();
        text.Append($"# Imported from {Path.GetFileName(source)} ({result.Template.Kind})\n\n");
        text.Append("Try it: `stepflow serve` in this folder, then `stepflow start NAME --wait`.\n\n## State machines\n\n| name | type | definition |\n|---|---|---|\n");
        foreach ((CheckedDefinition machine, TemplateMachine written) in result.Machines.Zip(result.Template.Machines))
        {
            int errors = machine.Diagnostics.Count(static one => one.Found.IsError);
            text.Append($"| {machine.Name} | {(written.IsExpress ? "Express" : "Standard")} | {(errors == 0 ? "valid" : $"{errors} errors")} |\n");
        }

        foreach ((CheckedDefinition machine, LocatedDiagnostic found) in result.Machines.SelectMany(static one => one.Diagnostics.Select(found => (one, found))))
        {
            text.Append($"\n- {found.Format(machine.Path)}");
        }

        text.Append("\n## To decide\n\n").Append(List(result.Decisions, "Nothing."));
        text.Append("\n## What starts the machines\n\n");
        text.Append(List(
            result.Template.Triggers.Select(static one => $"{one.Machine}: {one.Kind} {one.Id}: {Advice(one.Kind)}"),
            "Nothing in the template does."));
        return text.ToString();
    }

    private static string List(IEnumerable<string> items, string otherwise)
    {
        string[] lines = [.. items.Select(static one => $"- {one}\n")];
        return lines.Length == 0 ? otherwise + "\n" : string.Concat(lines);
    }

    private static string Advice(string kind) => kind switch
    {
        "Schedule" or "ScheduleV2" => "its settings are in triggers.json. StepFlow has no timer of its own: let cron, or a timer of Azure, call `stepflow start` or StartExecution.",
        "EventBridgeRule" or "CloudWatchEvent" or "Pipe" => "its settings are in triggers.json. On Azure an Event Grid subscription with the same filter calls StartExecution.",
        "Api" or "HttpApi" => "its settings are in triggers.json. Callers send POST /api/statemachines/NAME/executions instead.",
        _ => "its settings are in triggers.json. What plays its part calls StartExecution.",
    };
}
