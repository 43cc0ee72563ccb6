namespace StepFlow.Language.Json;

/// <summary>
/// The content of a large value that is kept elsewhere until somebody looks into the value. Its kind, length and depth are
/// known without it, so that a value can be passed on, measured and put into others unseen.
/// </summary>
public abstract class DeferredContent
{
    /// <summary>The fewest bytes of a value whose content is kept elsewhere: smaller ones are not searched for.</summary>
    public const int LeastBytes = 4096;

    /// <summary>The content behind a reference.</summary>
    /// <exception cref="ArgumentException">The value is too small, or of a kind that is never large.</exception>
    protected DeferredContent(ValueReference reference)
    {
        if (reference.Utf8Length < LeastBytes || reference.Kind is not (JsonKind.Object or JsonKind.Array or JsonKind.String))
        {
            throw new ArgumentException($"A value of the kind {reference.Kind} with {reference.Utf8Length} bytes is not stored elsewhere.", nameof(reference));
        }

        Reference = reference;
    }

    /// <summary>Where it is, and what is known of it.</summary>
    public ValueReference Reference { get; }

    /// <summary>The value with its content.</summary>
    /// <exception cref="ContentMissingException">It cannot be loaded here and now.</exception>
    public abstract JsonValue Load();
}
