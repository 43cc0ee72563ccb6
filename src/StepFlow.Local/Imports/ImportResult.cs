using StepFlow.Local.Definitions;
using StepFlow.Local.Templates;

namespace StepFlow.Local.Imports;

/// <summary>What became of a template.</summary>
/// <param name="Machines">Its machines, checked.</param>
/// <param name="Triggers">What starts them.</param>
/// <param name="Decisions">The decisions that the user has to make, each as a sentence.</param>
/// <param name="Files">The files that were written.</param>
internal sealed record ImportResult(Template Template, IReadOnlyList<CheckedDefinition> Machines, IReadOnlyList<ImportedTrigger> Triggers, IReadOnlyList<string> Decisions, IReadOnlyList<string> Files);
