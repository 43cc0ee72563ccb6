namespace StepFlow.Functions.Messages;

/// <summary>The properties of a stored value that are known without loading it.</summary>
/// <param name="Utf8Length">The length of its compact text, in bytes.</param>
/// <param name="Depth">How deep it nests.</param>
public sealed record PayloadShape(JsonKind Kind, long Utf8Length, int Depth)
{
    /// <summary>The shape of a value; null if it is too small to be loaded separately.</summary>
    internal static PayloadShape? Of(JsonValue value) =>
        value.Utf8Length >= DeferredContent.LeastBytes && value.Kind is JsonKind.Object or JsonKind.Array or JsonKind.String
            ? new(value.Kind, value.Utf8Length, value.Depth)
            : null;
}
