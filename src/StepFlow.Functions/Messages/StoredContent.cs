namespace StepFlow.Functions.Messages;

/// <summary>The content of a stored payload, as far as it was loaded.</summary>
/// <param name="reference">The payload's reference.</param>
/// <param name="find">Returns the loaded value; null if it was not loaded.</param>
internal sealed class StoredContent(ValueReference reference, Func<ValueReference, JsonValue?> find) : DeferredContent(reference)
{
    public override JsonValue Load() => find(Reference) ?? throw new ContentMissingException(Reference);
}
