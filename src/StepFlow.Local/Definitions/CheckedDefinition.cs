using StepFlow.Language.Compilation;

namespace StepFlow.Local.Definitions;

/// <summary>A definition and its findings.</summary>
/// <param name="Name">The name of the state machine: that in the file, or that of the file.</param>
/// <param name="Path">The file.</param>
/// <param name="Text">The definition, JSON.</param>
/// <param name="Machine">The machine; null where the definition has errors.</param>
/// <param name="Diagnostics">The findings.</param>
internal sealed record CheckedDefinition(string Name, string Path, string Text, StateMachine? Machine, IReadOnlyList<LocatedDiagnostic> Diagnostics);
