namespace StepFlow.Functions.Messages;

/// <summary>A part of a value that is stored by itself. The value's text contains null instead.</summary>
/// <param name="Place">The path of the part, as positions in objects and arrays.</param>
public sealed record InnerPayload(IReadOnlyList<int> Place, Payload Payload);
