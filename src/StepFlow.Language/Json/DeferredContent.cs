namespace StepFlow.Language.Json;

/// <summary>
/// The content of a large value that is stored outside until it is read. Its kind, length and depth are
/// known, so the value can be passed on, measured and used in other values without loading it.
/// </summary>
public abstract class DeferredContent
{
    /// <summary>The minimum size in bytes of a value that is stored outside. Smaller values are not looked up.</summary>
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

    /// <summary>Its location, and what is known about it.</summary>
    public ValueReference Reference { get; }

    /// <summary>The value with its content.</summary>
    /// <exception cref="ContentMissingException">It cannot be loaded here and now.</exception>
    public abstract JsonValue Load();
}
