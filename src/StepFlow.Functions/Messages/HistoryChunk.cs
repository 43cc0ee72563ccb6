using System.Text.Json.Serialization;

namespace StepFlow.Functions.Messages;

/// <summary>A compressed run of history events that will be stored, or a part of one that is too large for a message.</summary>
/// <param name="Part">The part of the run, from 0.</param>
/// <param name="Parts">How many parts the run has.</param>
/// <param name="Content">The bytes.</param>
public sealed record HistoryChunk(long FirstEventId, int Part, int Parts, byte[] Content)
{
    /// <summary>The payloads that are sent as references. The events in <see cref="Content"/> contain null instead. Only a whole run has any.</summary>
    public IReadOnlyList<HistoryPayload> Payloads { get; init; } = [];

    /// <summary>Splits a whole run into parts of a maximum size. The same run gives the same parts.</summary>
    public IEnumerable<HistoryChunk> Split(int maxBytes)
    {
        int parts = (Content.Length + maxBytes - 1) / maxBytes;
        for (int part = 0; part < parts; part++)
        {
            int offset = part * maxBytes;
            yield return new(FirstEventId, part, parts, Content[offset..Math.Min(Content.Length, offset + maxBytes)]);
        }
    }
}

/// <summary>A payload of a history event that travels by reference.</summary>
/// <param name="Variable">The variable that it was assigned to; null for the event's input, output or parameters.</param>
public sealed record HistoryPayload(long EventId, string? Variable, Payload Payload)
{
    /// <summary>The path of the payload in the event, as positions in objects and arrays; empty for the whole payload.</summary>
    // The JSON name of earlier versions of the app, whose messages are still read.
    [JsonPropertyName("Place")]
    public IReadOnlyList<int> Path { get; init; } = [];
}
