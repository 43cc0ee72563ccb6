using StepFlow.Language.Compilation;

namespace StepFlow.Local.Definitions;

/// <summary>A definition with what was found in it.</summary>
/// <param name="Name">The machine's name: what the file says, or the file's own name.</param>
/// <param name="Path">The file that it stands in.</param>
/// <param name="Text">The definition, JSON.</param>
/// <param name="Machine">The machine; null where the definition has errors.</param>
/// <param name="Diagnostics">What was found.</param>
internal sealed record CheckedDefinition(string Name, string Path, string Text, StateMachine? Machine, IReadOnlyList<LocatedDiagnostic> Diagnostics);
