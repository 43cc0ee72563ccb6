using StepFlow.Language;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Loading;
using StepFlow.Service.Errors;

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

    /// <summary>All findings about a definition.</summary>
    public IReadOnlyList<Diagnostic> Diagnose(string definition, StateMachineType type) =>
        StateMachineLoader.Load(definition, type, options.Limits, options.Integrations).Diagnostics;

    /// <summary>The error for a definition with errors.</summary>
    public static ApiException Refuse(IEnumerable<Diagnostic> diagnostics, string definition) =>
        new(new(ErrorCodes.InvalidDefinition, InvalidDefinitionMessage.Format(diagnostics, definition)));
}
