using System.Buffers;
using System.Text.Json;
using StepFlow.Execution.History;

namespace StepFlow.Runtime.History;

/// <summary>History events as responses and logs show them.</summary>
public static class HistoryView
{
    /// <summary>An event.</summary>
    /// <param name="withData">Whether payloads are shown.</param>
    public static JsonObject Of(HistoryEvent item, bool withData)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer);
        HistoryEventJson.Write(writer, item, withData);
        writer.Flush();
        return (JsonObject)JsonValue.Parse(buffer.WrittenSpan);
    }
}
