using System.CommandLine;
using StepFlow.Integrations.Resources;
using StepFlow.Language;
using StepFlow.Local.Definitions;
using StepFlow.Local.Serving;
using StepFlow.Local.Sources;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow resources FILE…</c>: what the Resources of definitions call, and which settings are missing.</summary>
internal static class ResourcesCommand
{
    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Definitions: JSON, YAML, the response of describe-state-machine, or templates. - for standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create() => new ExampleCommand(
        "resources",
        "Lists every Resource of definitions and what it calls. If it calls nothing, the setting to add is shown.",
        "stepflow resources order.asl.json --config stepflow.json",
        "stepflow resources machines/*.asl.json --json | jq '.[] | select(.missing)'")
    {
        Files, CommonOptions.Substitute, CommonOptions.Machine, CommonOptions.Configuration, CommonOptions.Json,
    }.Runs(RunAsync).WithoutCryptography();

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        TextWriter output = arguments.InvocationConfiguration.Output;
        await using ServiceProvider services = LocalServices.BuildTasks(await CommonOptions.ReadConfigurationAsync(arguments, cancellationToken));
        ResourceCatalog catalog = services.GetRequiredService<ResourceCatalog>();
        SourceOptions source = CommonOptions.ReadSource(arguments);
        var found = new List<JsonValue>();
        bool isComplete = true;
        foreach (string file in arguments.GetRequiredValue(Files))
        {
            // Not compiled, because Resources can also be listed for a definition that does not compile.
            IReadOnlyList<NamedDefinition> definitions = await DefinitionSource.ReadAsync(file, source, cancellationToken);
            foreach ((string state, string resource, JsonObject? given) in definitions.SelectMany(static one => ResourceList.Of(DefinitionSource.Parse(one))))
            {
                ResourceView view = catalog.Describe(TaskResource.Parse(resource), given);
                isComplete &= view.Missing is null;
                found.Add(ToJson(file, state, resource, view));
                if (!arguments.GetValue(CommonOptions.Json))
                {
                    await output.WriteLineAsync($"{file}: {state}: {resource}: {view.Reaches ?? "calls nothing; add " + view.Missing}{(view.Similar.Count == 0 ? string.Empty : $" (similar names: {string.Join(", ", view.Similar)})")}");
                }
            }
        }

        if (arguments.GetValue(CommonOptions.Json))
        {
            await output.WriteLineAsync(JsonArray.From(found).ToIndentedString());
        }

        return isComplete ? ExitCodes.Success : ExitCodes.InvalidDefinition;
    }

    private static JsonObject ToJson(string file, string state, string resource, ResourceView view) => new JsonObjectBuilder()
        .Set("file", file)
        .Set("state", state)
        .Set("resource", resource)
        .SetIfPresent("reaches", view.Reaches)
        .SetIfPresent("missing", view.Missing)
        .SetIfPresent("near", view.Similar.Count == 0 ? null : JsonArray.From(view.Similar.Select(static near => (JsonValue)near)))
        .Build();
}
