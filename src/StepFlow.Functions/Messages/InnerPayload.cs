using System.Text.Json.Serialization;

namespace StepFlow.Functions.Messages;

/// <summary>A part of a value that is stored by itself. The value's text contains null instead.</summary>
/// <param name="Path">The path of the part, as positions in objects and arrays. Its JSON name is that of earlier versions of the app, whose messages are still read.</param>
public sealed record InnerPayload([property: JsonPropertyName("Place")] IReadOnlyList<int> Path, Payload Payload);
