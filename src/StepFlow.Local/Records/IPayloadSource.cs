namespace StepFlow.Local.Records;

/// <summary>Reads the values and texts that are stored separately, by the hash of their content.</summary>
internal interface IPayloadSource
{
    JsonValue Value(ReadOnlySpan<byte> hash);

    /// <summary>A text as it was written.</summary>
    string Text(ReadOnlySpan<byte> hash);
}
