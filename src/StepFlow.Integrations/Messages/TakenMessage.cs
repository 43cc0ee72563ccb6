using StepFlow.Language.Json;

namespace StepFlow.Integrations.Messages;

/// <summary>A message that a workflow took out of a queue.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Receipt">What removes it.</param>
/// <param name="Body">Its text.</param>
/// <param name="Count">How often it was taken, from 1.</param>
public sealed record TakenMessage(string Id, string Receipt, string Body, long Count)
{
    /// <summary>Its attributes in the form of a call (<c>{"name": {"DataType": …, "StringValue": …}}</c>); null for none.</summary>
    public JsonObject? Attributes { get; init; }

    /// <summary>When it was sent; null where that is not known.</summary>
    public DateTimeOffset? Sent { get; init; }

    /// <summary>Its subject; null for none.</summary>
    public string? Subject { get; init; }

    /// <summary>Its group; null for none.</summary>
    public string? GroupId { get; init; }
}
