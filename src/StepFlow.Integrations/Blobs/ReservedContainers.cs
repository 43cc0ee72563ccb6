namespace StepFlow.Integrations.Blobs;

/// <summary>The containers of a host. No setting makes them accessible to workflows. A host registers its own.</summary>
/// <param name="Patterns">Names, with <c>*</c> for any text.</param>
public sealed record ReservedContainers(IReadOnlyList<string> Patterns)
{
    /// <summary>What Azure Functions and Azure Storage themselves keep in an account.</summary>
    public static ReservedContainers OfPlatform { get; } = new(["azure-webjobs-*", "scm-*", "$logs"]);
}
