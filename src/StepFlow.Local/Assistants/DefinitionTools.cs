using System.ComponentModel;
using StepFlow.Language;
using StepFlow.Language.Catalogue;
using StepFlow.Local.Definitions;
using StepFlow.Local.Explanations;
using StepFlow.Local.MemoryRuns;
using StepFlow.Local.Sources;
using StepFlow.Runtime.InMemory;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Local.Assistants;

/// <summary>Tools for definitions. They change nothing and call nothing.</summary>
/// <param name="integrations">What Resources may name.</param>
/// <param name="time">The clock for the start time of runs.</param>
internal sealed class DefinitionTools(IntegrationCatalogue integrations, TimeProvider time)
{
    /// <summary>Checks a definition.</summary>
    [Description("Checks a definition in Amazon States Language. Lists each finding with its line and column.")]
    public string Validate(
        [Description("The definition, JSON or YAML.")] string definition,
        [Description("Whether it is an Express state machine.")] bool express = false)
    {
        CheckedDefinition found = DefinitionSource.Check(Read(definition), express ? StateMachineType.Express : StateMachineType.Standard, integrations, flow: true);
        return JsonObject.Create(
            ("valid", found.Machine is not null),
            ("findings", JsonArray.From(found.Diagnostics.Select(static one => (JsonValue)one.Format("definition"))))).ToIndentedString();
    }

    /// <summary>Runs a definition on given results.</summary>
    [Description("Runs a definition in memory, skips waits, and shows the data at each stage of each state. Tasks are not called. Their results come from 'results'.")]
    public async Task<string> RunAsync(
        [Description("The definition, JSON or YAML.")] string definition,
        [Description("The input, JSON.")] string input = "{}",
        [Description("Results of Task states: a JSON object with the names of the states. {\"Error\": …, \"Cause\": …} makes the task fail.")] string results = "{}",
        CancellationToken cancellationToken = default)
    {
        CheckedDefinition found = DefinitionSource.Check(Read(definition), StateMachineType.Standard);
        if (found.Machine is not { } machine)
        {
            throw new FormatException("The definition has errors: " + string.Join("; ", found.Diagnostics.Select(static one => one.Format("definition"))));
        }

        var clock = new VirtualClock(time.GetUtcNow());
        var runner = new InMemoryRunner(new InMemoryOptions
        {
            Tasks = new StateResults(JsonValue.Parse(results) as JsonObject ?? throw new FormatException("results must be a JSON object.")),
            Clock = clock,
        });
        InMemoryExecution execution = await runner.RunAsync(machine, RunStart.Create("machine", null, JsonValue.Parse(input), input, clock.GetUtcNow()), null, cancellationToken);
        return new JsonObjectBuilder()
            .Set("status", execution.Status.ToString())
            .SetIfPresent("output", execution.Output)
            .SetIfPresent("error", execution.Error?.Name)
            .SetIfPresent("cause", execution.Error?.Cause)
            .Set("states", ExplanationView.ToJson(await Explanation.OfAsync(machine, execution, clock, cancellationToken)))
            .Build().ToIndentedString();
    }

    private static NamedDefinition Read(string text) => new("machine", "definition", DefinitionReader.Read("-", text));
}
