namespace StepFlow.Language.Json;

/// <summary>
/// Somebody looked into a value whose content is kept elsewhere and cannot be loaded right now. Says nothing of a workflow:
/// the host loads the content and does the same again.
/// </summary>
public sealed class ContentMissingException(ValueReference reference)
    : Exception($"The content of a value of {reference.Utf8Length} bytes is stored elsewhere ({reference.Text}) and was not loaded.")
{
    public ValueReference Reference { get; } = reference;
}
