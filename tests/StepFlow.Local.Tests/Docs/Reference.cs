using System.Collections.Concurrent;
using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Evaluation;
using StepFlow.Local.Commands;
using StepFlow.Local.Failures;

namespace StepFlow.Local.Tests.Docs;

/// <summary>The pages of the reference, written from the code.</summary>
internal static partial class Reference
{
    public const string Made = "Generated from the code by `scripts/docs.sh`.\n\n";

    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Comments = new();

    /// <summary>The pages by the names of their files.</summary>
    public static IReadOnlyDictionary<string, Func<string>> Pages { get; } = new Dictionary<string, Func<string>>
    {
        ["commands.md"] = Commands,
        ["diagnostics.md"] = static () => Constants(
            "Diagnostics", "Findings of `stepflow validate` and ValidateStateMachineDefinition. A code that AWS also has means the same as on AWS.", typeof(DiagnosticCodes)),
        ["settings.md"] = SettingsReference.Write,
        ["resources.md"] = ResourcesReference.Write,
        ["errors.md"] = static () => Constants("Error names", "Errors that Step Functions itself raises, for `ErrorEquals` of retriers and catchers.", typeof(ErrorNames)),
    };

    private static string Commands()
    {
        var text = new StringBuilder("# Commands\n\n").Append(Made);
        foreach (Command command in StepFlowCommandLine.CreateRoot().Subcommands)
        {
            Append(text, command, string.Empty);
        }

        text.Append("## Exit codes\n\n| code | meaning |\n|---|---|\n");
        foreach ((int code, string meaning) in ExitCodes.All)
        {
            text.Append($"| {code} | {meaning} |\n");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Command command, string parent)
    {
        string name = $"{parent}{command.Name}";
        if (command.Subcommands.Count > 0)
        {
            foreach (Command part in command.Subcommands)
            {
                Append(text, part, name + " ");
            }

            return;
        }

        text.Append($"## {name}\n\n{command.Description}\n\n");
        (string Name, string? Description)[] parts =
        [
            .. command.Arguments.Select(static one => (one.Name, one.Description)),
            .. command.Options.Where(static one => one is not HelpOption).Select(static one => (string.Join(", ", one.Aliases.Prepend(one.Name)) + (one.HelpName is { } value ? $" {value}" : string.Empty), one.Description)),
        ];
        if (parts.Length > 0)
        {
            text.Append("| | |\n|---|---|\n");
            foreach ((string part, string? description) in parts)
            {
                text.Append($"| `{part.Replace("|", "\\|", StringComparison.Ordinal)}` | {description?.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            }

            text.Append('\n');
        }

        if (command is ExampleCommand { Examples: { Count: > 0 } examples })
        {
            text.Append($"```\n{string.Join('\n', examples)}\n```\n\n");
        }
    }

    private static string Constants(string title, string what, Type type)
    {
        var text = new StringBuilder($"# {title}\n\n{what} {Made}| name | meaning |\n|---|---|\n");
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(static one => one.IsLiteral))
        {
            text.Append($"| `{field.GetRawConstantValue()}` | {Summary(type, $"F:{type.FullName}.{field.Name}")} |\n");
        }

        return text.ToString();
    }

    /// <summary>The documentation comment of a member.</summary>
    /// <param name="type">The type that it is of.</param>
    /// <param name="id">Its id in the file of comments: <c>P:Name.Space.Type.Member</c>.</param>
    public static string Summary(Type type, string id) => Text(Comments
        .GetOrAdd(type.Assembly, static assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").ToDictionary(static one => (string)one.Attribute("name")!))
        .GetValueOrDefault(id)?.Element("summary"));

    private static string Text(XElement? summary) => summary is null ? string.Empty : Space().Replace(string.Concat(summary.Nodes().Select(static node => node switch
    {
        XElement { Name.LocalName: "see" or "paramref" } link => $"`{((string?)link.Attributes().FirstOrDefault())?.Split('.')[^1].Split(':')[^1]}`",
        XElement code => $"`{code.Value}`",
        _ => node.ToString(),
    })), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
