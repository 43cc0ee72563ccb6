using System.CommandLine;
using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Graphs;
using StepFlow.Local.Definitions;
using StepFlow.Local.Sources;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow graph FILE</c>: a machine as a drawing.</summary>
internal static class GraphCommand
{
    private static readonly Argument<string> FilePath = new("FILE") { Description = "The definition: JSON, YAML, the response of describe-state-machine, or a template. - for standard input." };

    private static readonly Option<GraphFormat> Format = new("--format", "-f")
    {
        Description = "mermaid (a flowchart for Markdown) or dot (Graphviz).",
        DefaultValueFactory = _ => GraphFormat.Mermaid,
        HelpName = "mermaid|dot",
    };

    public static Command Create() => new ExampleCommand(
        "graph",
        "Draws a state machine as text. The definition need not be valid.",
        "stepflow graph order.asl.json",
        "stepflow graph order.asl.json --format dot | dot -Tsvg > order.svg")
    {
        FilePath, Format, CommonOptions.Substitute, CommonOptions.Machine,
    }.Runs(RunAsync).WithoutCryptography();

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = arguments.GetRequiredValue(FilePath);
        NamedDefinition definition = await DefinitionSource.ReadOneAsync(path, CommonOptions.ReadSource(arguments), cancellationToken);
        StateMachineDefinition machine = DefinitionParser.ParseMachine(DefinitionSource.Parse(definition), new DiagnosticBag())
            ?? throw new CommandException(ExitCodes.InvalidDefinition, $"{path} is not a state machine. A definition must be an object with StartAt and States.");
        await arguments.InvocationConfiguration.Output.WriteLineAsync(MachineGraph.Render(machine, arguments.GetValue(Format)).TrimEnd());
        return ExitCodes.Success;
    }
}
