namespace StepFlow.Integrations.Messages;

/// <summary>A message that a workflow took out of a queue.</summary>
/// <param name="Receipt">What removes it.</param>
/// <param name="Body">Its text.</param>
/// <param name="Count">How often it was taken, from 1.</param>
public sealed record TakenMessage(string Id, string Receipt, string Body, long Count)
{
    /// <summary>Its attributes in the form of a call (<c>{"name": {"DataType": …, "StringValue": …}}</c>); null for none.</summary>
    public JsonObject? Attributes { get; init; }

    /// <summary>When it was sent; null where that is not known.</summary>
    public DateTimeOffset? Sent { get; init; }

    public string? Subject { get; init; }

    public string? GroupId { get; init; }
}
