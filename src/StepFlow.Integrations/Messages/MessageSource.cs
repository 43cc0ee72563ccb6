namespace StepFlow.Integrations.Messages;

/// <summary>Where messages are taken from.</summary>
/// <param name="Destination">A queue, or a topic.</param>
/// <param name="Name">Its name, without ARN or URL around it.</param>
public sealed record MessageSource(MessageDestination Destination, string Name)
{
    /// <summary>The subscription of a topic; null for a queue.</summary>
    public string? Subscription { get; init; }

    /// <summary>The name of the identity that takes them (<c>Identities</c>); null for the host itself.</summary>
    public string? Identity { get; init; }
}
