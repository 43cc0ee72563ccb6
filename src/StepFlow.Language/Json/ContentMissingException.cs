namespace StepFlow.Language.Json;

/// <summary>
/// Code read a value that is stored outside and is not loaded. It is not a failure of the workflow:
/// the host loads the value and repeats the evaluation.
/// </summary>
public sealed class ContentMissingException(ValueReference reference)
    : Exception($"The content of a value of {reference.Utf8Length} bytes is stored elsewhere ({reference.Text}) and was not loaded.")
{
    public ValueReference Reference { get; } = reference;
}
