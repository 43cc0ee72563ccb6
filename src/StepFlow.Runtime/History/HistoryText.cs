using System.Buffers;
using System.Text.Json;
using StepFlow.Execution.History;

namespace StepFlow.Runtime.History;

/// <summary>A run of history events as JSON: an array of events in the API's shape.</summary>
public static class HistoryText
{
    /// <summary>The JSON of events, in UTF-8.</summary>
    public static byte[] Write(ReadOnlySpan<HistoryEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartArray();
        foreach (HistoryEvent next in events)
        {
            HistoryEventJson.Write(writer, next);
        }

        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The events of a JSON array.</summary>
    public static IEnumerable<HistoryEvent> Read(byte[] utf8) => ((JsonArray)JsonValue.Parse(utf8)).Select(HistoryEventJson.Read);
}
