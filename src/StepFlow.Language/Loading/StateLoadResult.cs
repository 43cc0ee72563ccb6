using StepFlow.Language.Compilation;
using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;

namespace StepFlow.Language.Loading;

/// <summary>What became of the definition of a single state.</summary>
/// <param name="State">
/// The state, ready to run; null where a diagnostic is an error. A state that it leads to and that is not there is a
/// Succeed of that name.
/// </param>
/// <param name="Diagnostics">All findings, in the order found.</param>
public sealed record StateLoadResult(CompiledState? State, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Whether the machine could be read and has no state of the name that was asked for.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The nearest Map around the state; null for none.</summary>
    public MapState? Around { get; init; }

    /// <summary>Whether there is a state.</summary>
    public bool IsSuccess => State is not null;
}
