using StepFlow.Language;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Flow;
using StepFlow.Language.Loading;

namespace StepFlow.Service.Definitions;

/// <summary>Validates definitions.</summary>
internal sealed class DefinitionChecker(ServiceOptions options)
{
    /// <summary>Refuses a definition that cannot run.</summary>
    /// <returns>The definition.</returns>
    /// <exception cref="ApiException"><c>InvalidDefinition</c>.</exception>
    public string Check(string definition, StateMachineType type)
    {
        LoadResult result = StateMachineLoader.Load(definition, type, options.Limits, options.Integrations);
        return result.Diagnostics.Any(diagnostic => diagnostic.IsError) ? throw Refuse(result.Diagnostics, definition) : definition;
    }

    /// <summary>Refuses the definition of a state that cannot run: by the same rules as a machine that is created.</summary>
    /// <param name="definition">The state, or a state machine if <paramref name="name"/> is given.</param>
    /// <param name="name">The state's name in the state machine; null if the definition is the state.</param>
    /// <returns>The state, or that the machine has no state of that name.</returns>
    /// <exception cref="ApiException"><c>InvalidDefinition</c>.</exception>
    public StateLoadResult CheckState(string definition, string? name)
    {
        if (JsonValue.ParseOrNull(definition) is not { } parsed)
        {
            throw Refuse(StateMachineLoader.Load(definition).Diagnostics, definition);
        }

        StateLoadResult loaded = StateMachineLoader.LoadState(parsed, name, options.Integrations);
        return loaded.IsSuccess || loaded.IsMissing ? loaded : throw Refuse(loaded.Diagnostics, definition);
    }

    /// <summary>All findings about a definition.</summary>
    public IReadOnlyList<Diagnostic> Diagnose(string definition, StateMachineType type) =>
        StateMachineLoader.Load(definition, type, options.Limits, options.Integrations).Diagnostics;

    /// <summary>All findings about a definition. If it has no errors, also the findings about its data flow.</summary>
    public IReadOnlyList<Diagnostic> DiagnoseWithFlow(string definition, StateMachineType type)
    {
        LoadResult result = StateMachineLoader.Load(definition, type, options.Limits, options.Integrations);
        return result.Machine is { } machine ? [.. result.Diagnostics, .. FlowAnalysis.Of(machine.Source)] : result.Diagnostics;
    }

    /// <summary>The error for a definition with errors.</summary>
    private static ApiException Refuse(IEnumerable<Diagnostic> diagnostics, string definition) =>
        new(new(ErrorCodes.InvalidDefinition, InvalidDefinitionMessage.Format(diagnostics, definition)));
}
