namespace StepFlow.Functions.Messages;

/// <summary>
/// A text in a message (mostly JSON): unchanged if it is small, compressed if that makes it small
/// enough, otherwise as the hash under which the payload store has it. Exactly one of the three is set. But an activity's
/// result may contain both the hash and the compressed text of what it stored, if its orchestration probably needs the text.
/// </summary>
public sealed record Payload
{
    /// <summary>Whether exactly one of the three is set, and the hash is valid. The payload of an external event can be anything.</summary>
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

    /// <summary>The payload as it is stored and passed on: without a compressed text beside its hash.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Payload Reference => Hash is null || Packed is null ? this : new() { Hash = Hash, Length = Length, Shape = Shape };

    /// <summary>The length of the compressed text behind <see cref="Hash"/>, in bytes.</summary>
    public int Length { get; init; }

    /// <summary>The properties of the value behind <see cref="Hash"/> that are known without loading it; null if it must be loaded.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public PayloadShape? Shape { get; init; }

    /// <summary>The parts of the value that are stored by themselves; null for none. Only payloads from an orchestration to an activity have any.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InnerPayload>? Inner { get; init; }
}
