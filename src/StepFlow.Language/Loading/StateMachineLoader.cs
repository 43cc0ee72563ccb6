using System.Text;
using StepFlow.Language.Catalogue;
using StepFlow.Language.Compilation;
using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Validation;

namespace StepFlow.Language.Loading;

/// <summary>The way from a definition to a machine: reads, validates, compiles. Never throws; findings are values.</summary>
public static class StateMachineLoader
{
    /// <summary>The name of a state that is given without one (API operation TestState).</summary>
    public const string UnnamedState = "StateName";

    /// <summary>Loads a machine from its text.</summary>
    /// <param name="text">The definition, JSON.</param>
    /// <param name="type">The machine's type: an Express machine may do less.</param>
    /// <param name="limits">The quotas; <see cref="Evaluation.Limits.None"/> where null.</param>
    /// <param name="integrations">What the Resources of its Tasks may name, for a machine that is about to be created; null for one that was.</param>
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

    /// <summary>Loads a single state, as TestState runs it: under the name <see cref="UnnamedState"/>, whatever its own.</summary>
    /// <param name="definition">The state; or a whole machine, where <paramref name="name"/> says which of its states.</param>
    /// <param name="name">The state's name in the machine, at any depth; null where the state stands alone.</param>
    /// <param name="integrations">What the Resources of Tasks may name; null where they are not checked.</param>
    public static StateLoadResult LoadState(JsonValue definition, string? name = null, IntegrationCatalogue? integrations = null)
    {
        var diagnostics = new DiagnosticBag();
        SingleState.FoundState found = SingleState.Find(definition, name, diagnostics);
        if (found.State is not { } state)
        {
            return new(null, diagnostics.Items) { IsMissing = found.IsMissing };
        }

        DefinitionValidator.ValidateState(state, found.MachineLanguage, diagnostics, integrations);
        CompiledState? compiled = diagnostics.HasErrors ? null : StateMachineCompiler.CompileState(state with { Name = UnnamedState });
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
