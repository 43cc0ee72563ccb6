namespace StepFlow.Integrations.Blobs;

/// <summary>Containers that a host keeps for itself: no setting opens them to workflows. A host registers its own.</summary>
/// <param name="Patterns">Names, with <c>*</c> for any text.</param>
public sealed record ReservedContainers(IReadOnlyList<string> Patterns)
{
    /// <summary>What Azure Functions and Azure Storage themselves keep in an account.</summary>
    public static ReservedContainers OfPlatform { get; } = new(["azure-webjobs-*", "scm-*", "$logs"]);
}
