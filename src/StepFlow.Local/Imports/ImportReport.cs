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
        text.Append("\n## Triggers\n\n");
        text.Append(List(
            result.Triggers.Select(static one => $"{one.Source.Machine}: {one.Source.Kind} {one.Source.Id} {(one.Settings is null ? "is not among the settings:" : $"(Triggers:{one.Name})")} {one.Remark}"),
            "The template has no triggers."));
        return text.ToString();
    }

    private static string List(IEnumerable<string> items, string otherwise)
    {
        string[] lines = [.. items.Select(static one => $"- {one}\n")];
        return lines.Length == 0 ? otherwise + "\n" : string.Concat(lines);
    }
}
