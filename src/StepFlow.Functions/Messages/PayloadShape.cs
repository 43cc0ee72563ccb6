namespace StepFlow.Functions.Messages;

/// <summary>What is known of a stored value without its content.</summary>
/// <param name="Utf8Length">The length of its compact text, in bytes.</param>
/// <param name="Depth">How deep it nests.</param>
public sealed record PayloadShape(JsonKind Kind, long Utf8Length, int Depth)
{
    /// <summary>The shape of a value; null where it is too small to be worth a look-up of its own.</summary>
    internal static PayloadShape? Of(JsonValue value) =>
        value.Utf8Length >= DeferredContent.LeastBytes && value.Kind is JsonKind.Object or JsonKind.Array or JsonKind.String
            ? new(value.Kind, value.Utf8Length, value.Depth)
            : null;
}
