namespace StepFlow.Functions.Messages;

/// <summary>A part of a value that is stored by itself: the value's own text has a null in its place.</summary>
/// <param name="Place">The way to it, by positions in objects and arrays.</param>
public sealed record InnerPayload(IReadOnlyList<int> Place, Payload Payload);
