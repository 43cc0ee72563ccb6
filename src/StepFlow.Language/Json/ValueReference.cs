namespace StepFlow.Language.Json;

/// <summary>Says where the content of a large value is kept, and what is known of the value without it.</summary>
/// <param name="Text">Where it is: a text that only the host which keeps it understands.</param>
/// <param name="Kind">The kind: an object, an array or a string.</param>
/// <param name="Utf8Length">The length of the value's compact text, in bytes.</param>
/// <param name="Depth">How deep the value nests.</param>
public sealed record ValueReference(string Text, JsonKind Kind, long Utf8Length, int Depth);
