using StepFlow.Language.Compilation;

namespace StepFlow.Language.Loading;

/// <summary>What became of a definition.</summary>
/// <param name="Machine">The machine, ready to run; null where a diagnostic is an error.</param>
/// <param name="Diagnostics">All findings, in the order found; may hold warnings where the machine is there.</param>
public sealed record LoadResult(StateMachine? Machine, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Whether the definition could be compiled.</summary>
    public bool IsSuccess => Machine is not null;
}
