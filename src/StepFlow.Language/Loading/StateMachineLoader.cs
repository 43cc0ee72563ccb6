using System.Text;
using StepFlow.Language.Catalogue;
using StepFlow.Language.Compilation;
using StepFlow.Language.Validation;

namespace StepFlow.Language.Loading;

/// <summary>Reads, validates and compiles definitions. It never throws. Findings are values.</summary>
public static class StateMachineLoader
{
    /// <summary>The name of a state that is given without one (API operation TestState).</summary>
    public const string UnnamedState = "StateName";

    /// <summary>Loads a machine from its text.</summary>
    /// <param name="text">The definition, JSON.</param>
    /// <param name="type">The machine's type: an Express machine may do less.</param>
    /// <param name="limits">The quotas; <see cref="Evaluation.Limits.None"/> where null.</param>
    /// <param name="integrations">The integrations that Resources may name, for a state machine that is being created; null for an existing one.</param>
    public static LoadResult Load(
        string text, StateMachineType type = StateMachineType.Standard, Evaluation.Limits? limits = null, IntegrationCatalogue? integrations = null)
    {
        var diagnostics = new DiagnosticBag();
        if (limits?.DefinitionBytes is { } most && Encoding.UTF8.GetByteCount(text) > most)
        {
            diagnostics.Error(DiagnosticCodes.SchemaValidationFailed, DiagnosticMessages.TooLarge(most), null);
            return new(null, diagnostics.Items);
        }

        return DefinitionText.Parse(text, diagnostics) is { } definition
            ? Load(definition, type, diagnostics, integrations)
            : new(null, diagnostics.Items);
    }

    /// <summary>Loads a machine.</summary>
    /// <param name="type">The machine's type: an Express machine may do less.</param>
    public static LoadResult Load(JsonValue definition, StateMachineType type = StateMachineType.Standard) =>
        Load(definition, type, new(), null);

    /// <summary>Loads a single state, as TestState runs it. Its name is <see cref="UnnamedState"/>.</summary>
    /// <param name="definition">The state, or a whole state machine if <paramref name="name"/> is given.</param>
    /// <param name="name">The state's name in the state machine, at any depth; null if the definition is the state itself.</param>
    /// <param name="integrations">The integrations that Resources may name; null if they are not checked.</param>
    public static StateLoadResult LoadState(JsonValue definition, string? name = null, IntegrationCatalogue? integrations = null)
    {
        var diagnostics = new DiagnosticBag();
        SingleState.FoundState found = SingleState.Find(definition, name, diagnostics);
        if (found.State is not { } state)
        {
            return new(null, diagnostics.Items) { IsMissing = found.IsMissing };
        }

        DefinitionValidator.ValidateState(state, found.MachineLanguage, diagnostics, integrations);
        CompiledState? compiled = diagnostics.HasErrors ? null : StateMachineCompiler.CompileState(state, UnnamedState);
        return new(compiled, diagnostics.Items) { Around = found.Around };
    }

    private static LoadResult Load(JsonValue definition, StateMachineType type, DiagnosticBag diagnostics, IntegrationCatalogue? integrations)
    {
        StateMachineDefinition? machine = DefinitionParser.ParseMachine(definition, diagnostics);
        if (machine is not null)
        {
            DefinitionValidator.Validate(machine, type, diagnostics, integrations);
        }

        return new(
            machine is null || diagnostics.HasErrors ? null : StateMachineCompiler.Compile(machine),
            diagnostics.Items);
    }
}
