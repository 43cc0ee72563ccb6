namespace StepFlow.Language.Json;

/// <summary>The location of a large value's content, and what is known about the value without it.</summary>
/// <param name="Text">The location, in a form that only the host that stored the value can read.</param>
/// <param name="Kind">The kind: an object, an array or a string.</param>
/// <param name="Utf8Length">The length of the value's compact text, in bytes.</param>
/// <param name="Depth">How deep the value nests.</param>
public sealed record ValueReference(string Text, JsonKind Kind, long Utf8Length, int Depth);
