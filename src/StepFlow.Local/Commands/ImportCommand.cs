using System.CommandLine;
using StepFlow.Local.Definitions;
using StepFlow.Local.Imports;
using StepFlow.Local.Sources;
using StepFlow.Local.Templates;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow import TEMPLATE</c>: writes the state machines of an infrastructure template to a folder.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string> Source = new("TEMPLATE")
    {
        Description = "A CloudFormation or SAM template, the output of CDK, serverless.yml with serverless-step-functions, or the output of 'terraform show -json'.",
    };

    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "The folder to write to. Default imported.",
        HelpName = "FOLDER",
        DefaultValueFactory = static _ => "imported",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace existing files." };

    public static Command Create() => new ExampleCommand(
        "import",
        "Writes the definitions of a template, a configuration that runs at once, the triggers, and a report of what you have to decide.",
        "stepflow import template.yaml",
        "stepflow import template.yaml --substitute Stage=test --output shop",
        "stepflow import cdk.out/ShopStack.template.json")
    {
        Source, Output, Force, CommonOptions.Substitute, CommonOptions.Json,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string path = CommonOptions.Require(arguments, Source);
        string text = await TextSource.ReadFileAsync(path, cancellationToken);
        Template template = await TemplateReader.ReadAsync(path, text, CommonOptions.ReadSource(arguments), cancellationToken)
            ?? throw new CommandException(ExitCodes.InvalidInput, $"{path} is not a template with a state machine. To validate a definition: stepflow validate {path}");
        if (template.Machines.Count == 0)
        {
            throw new CommandException(ExitCodes.InvalidInput, $"{path}: this {template.Kind} has no definition that can be read.{string.Concat(template.Decisions.Select(static one => " " + one))}");
        }

        string folder = arguments.GetRequiredValue(Output);
        ImportResult result = await new ImportFolder(folder, arguments.GetValue(Force)).WriteAsync(path, template, cancellationToken);
        foreach ((CheckedDefinition machine, LocatedDiagnostic found) in result.Machines.SelectMany(static one => one.Diagnostics.Select(found => (one, found))))
        {
            await arguments.InvocationConfiguration.Error.WriteLineAsync(found.Format(machine.Path));
        }

        new CommandOutput(arguments).Write(ToJson(folder, result), output => Write(output, folder, result));
        return result.Machines.All(static one => one.Machine is not null) ? ExitCodes.Success : ExitCodes.InvalidDefinition;
    }

    private static JsonObject ToJson(string folder, ImportResult result) => JsonObject.Create(
        ("kind", result.Template.Kind),
        ("machines", JsonArray.From(result.Machines.Select(static one => (JsonValue)JsonObject.Create(("name", one.Name), ("valid", one.Machine is not null))))),
        ("decisions", JsonArray.From(result.Decisions.Select(static one => (JsonValue)one))),
        ("files", JsonArray.From(result.Files.Select(one => (JsonValue)Path.Combine(folder, one)))));

    private static void Write(TextWriter output, string folder, ImportResult result)
    {
        foreach (string file in result.Files)
        {
            output.WriteLine(Path.Combine(folder, file));
        }

        output.WriteLine($"{result.Machines.Count(static one => one.Machine is not null)} of {result.Machines.Count} definitions are valid. Decisions for you: {result.Decisions.Count}, see {Path.Combine(folder, ImportFolder.Report)}");
    }
}
