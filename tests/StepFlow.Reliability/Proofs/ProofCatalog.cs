namespace StepFlow.Reliability.Proofs;

/// <summary>All proofs.</summary>
internal static class ProofCatalog
{
    /// <summary>One of each.</summary>
    public static IReadOnlyList<IProof> All { get; } = [new ShortWaitsProof(), new InlineMapsProof(), new SpinningProof(), new LargeMapsProof(), new ListsProof(), new FullDiskProof()];
}
