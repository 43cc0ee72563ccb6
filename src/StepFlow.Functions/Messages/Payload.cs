namespace StepFlow.Functions.Messages;

/// <summary>
/// A text on its way through a message (JSON mostly): as it is where it is small, compressed where that makes it small
/// enough, else by the hash under which the payload store keeps it. Exactly one of the three is set; but an activity's
/// answer may bring what it stored along, as the hash and the compressed text, where its orchestration most likely needs it.
/// </summary>
public sealed record Payload
{
    /// <summary>Whether exactly one of the three is set, and a hash is one. What comes by an external event may be anything.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsWellFormed => Inner is null && (Text, Packed, Hash) switch
    {
        ({ }, null, null) or (null, { }, null) => true,
        (null, null, { Length: 64 } hash) => Length > 0 && hash.All(char.IsAsciiHexDigitLower),
        _ => false,
    };

    public string? Text { get; init; }

    /// <summary>The text in UTF-8, gzip-compressed.</summary>
    public byte[]? Packed { get; init; }

    /// <summary>The SHA-256 of the compressed text, in hexadecimal.</summary>
    public string? Hash { get; init; }

    /// <summary>The payload as it is kept and passed on: without what it brought along.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Payload Reference => Hash is null || Packed is null ? this : new() { Hash = Hash, Length = Length, Shape = Shape };

    /// <summary>The length of the compressed text behind <see cref="Hash"/>, in bytes.</summary>
    public int Length { get; init; }

    /// <summary>What is known of the value behind <see cref="Hash"/> without its content; null where it has to be read whole.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public PayloadShape? Shape { get; init; }

    /// <summary>Parts of the value that are stored by themselves; null for none. Only what an orchestration hands to an activity has any.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InnerPayload>? Inner { get; init; }
}
