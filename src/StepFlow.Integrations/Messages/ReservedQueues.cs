namespace StepFlow.Integrations.Messages;

/// <summary>The storage queues of a host. For workflows they do not exist. A host registers its own.</summary>
/// <param name="Patterns">Names, with <c>*</c> for any text.</param>
public sealed record ReservedQueues(IReadOnlyList<string> Patterns)
{
    /// <summary>The queues of Azure Functions itself.</summary>
    public static ReservedQueues OfPlatform { get; } = new(["azure-webjobs-*", "webjobs-*"]);
}
