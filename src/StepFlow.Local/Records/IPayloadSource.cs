using StepFlow.Language.Json;

namespace StepFlow.Local.Records;

/// <summary>Gives what records keep apart, by the hash of its content.</summary>
internal interface IPayloadSource
{
    /// <summary>A value.</summary>
    JsonValue Value(ReadOnlySpan<byte> hash);

    /// <summary>A text as it was written.</summary>
    string Text(ReadOnlySpan<byte> hash);
}
