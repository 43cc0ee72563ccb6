using StepFlow.Language.Compilation;

namespace StepFlow.Language.Loading;

/// <summary>What became of the definition of a single state.</summary>
/// <param name="State">
/// The compiled state; null if a diagnostic is an error. A following state that does not exist is a
/// Succeed state with that name.
/// </param>
/// <param name="Diagnostics">All findings, in the order found.</param>
public sealed record StateLoadResult(CompiledState? State, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Whether the state machine could be read, but does not have a state with the name.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The nearest Map around the state; null for none.</summary>
    public MapState? Around { get; init; }

    /// <summary>Whether the state could be compiled.</summary>
    public bool IsSuccess => State is not null;
}
