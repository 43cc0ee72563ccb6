using System.CommandLine;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Catalogue;
using StepFlow.Local.Definitions;
using StepFlow.Local.Serving;
using StepFlow.Local.Sources;
using StepFlow.Local.Terminals;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow validate FILE…</c>: the findings in definitions, in the words of the service, and findings about their data flow.</summary>
internal static class ValidateCommand
{
    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Definitions: JSON, YAML, the response of describe-state-machine, or a template. - for standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Express = new("--express") { Description = "Validate as Express machines, which support fewer features." };

    public static Command Create() => new ExampleCommand(
        "validate",
        "Validates definitions. Prints one line for each finding: file:line:column: error CODE message.",
        "stepflow validate order.asl.json",
        "stepflow validate order.asl.yaml --substitute ChargeArn=arn:aws:lambda:us-east-1:123456789012:function:charge",
        "stepflow validate machines/*.asl.json --json | jq '.[] | select(.severity == \"ERROR\")'")
    {
        Files, Express, CommonOptions.Substitute, CommonOptions.Machine, CommonOptions.Configuration, CommonOptions.Json,
    }.Runs(RunAsync).WithoutCryptography();

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        TextWriter output = arguments.InvocationConfiguration.Output;
        StateMachineType type = arguments.GetValue(Express) ? StateMachineType.Express : StateMachineType.Standard;
        bool json = arguments.GetValue(CommonOptions.Json);
        await using ServiceProvider services = LocalServices.BuildTasks(await CommonOptions.ReadConfigurationAsync(arguments, cancellationToken));
        IntegrationCatalogue integrations = services.GetRequiredService<TaskRouter>().Catalogue;
        SourceOptions source = CommonOptions.ReadSource(arguments);
        int exitCode = ExitCodes.Success;
        var findings = new List<JsonValue>();
        foreach (string file in arguments.GetRequiredValue(Files))
        {
            IReadOnlyList<NamedDefinition> definitions;
            try
            {
                definitions = await DefinitionSource.ReadAsync(file, source, cancellationToken);
            }
            catch (CommandException e)
            {
                // The other files are still validated.
                await arguments.InvocationConfiguration.Error.WriteLineAsync($"stepflow: {e.Message}");
                exitCode = e.ExitCode;
                continue;
            }

            foreach (CheckedDefinition definition in definitions.Select(one => DefinitionSource.Check(one, type, integrations, flow: true)))
            {
                findings.AddRange(definition.Diagnostics.Select(found => ToJson(definition.Path, found)));
                if (!json)
                {
                    await WriteAsync(output, definitions.Count == 1 ? file : $"{file}: {definition.Name}", definition);
                }

                if (definition.Machine is null && exitCode == ExitCodes.Success)
                {
                    exitCode = ExitCodes.InvalidDefinition;
                }
            }
        }

        if (json)
        {
            await output.WriteLineAsync(JsonArray.From(findings).ToIndentedString());
        }

        return exitCode;
    }

    private static async Task WriteAsync(TextWriter output, string title, CheckedDefinition definition)
    {
        foreach (LocatedDiagnostic found in definition.Diagnostics)
        {
            await output.WriteLineAsync(found.Format(definition.Path, TerminalText.Of(output)));
        }

        if (definition.Machine is not null)
        {
            await output.WriteLineAsync($"{title}: valid");
        }
    }

    private static JsonObject ToJson(string file, LocatedDiagnostic found) => new JsonObjectBuilder()
        .Set("file", file)
        .Set("line", found.Position.Line)
        .Set("column", found.Position.Column)
        .Set("severity", found.Found.IsError ? "ERROR" : "WARNING")
        .Set("code", found.Found.Code)
        .Set("message", found.Found.Message)
        .SetIfPresent("location", found.Found.Location)
        .Build();
}
