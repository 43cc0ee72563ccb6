using System.IO.Compression;
using System.Text.Json;
using StepFlow.Execution.History;

namespace StepFlow.Local.Engine;

/// <summary>The history of an execution that ended, as compressed JSON.</summary>
internal static class PackedHistory
{
    public static byte[] Write(IReadOnlyList<HistoryEvent> events)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            using var writer = new Utf8JsonWriter(gzip, new JsonWriterOptions { SkipValidation = true });
            writer.WriteStartArray();
            foreach (HistoryEvent next in events)
            {
                HistoryEventJson.Write(writer, next);
            }

            writer.WriteEndArray();
        }

        return packed.ToArray();
    }

    public static IEnumerable<HistoryEvent> Read(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
        using var text = new MemoryStream();
        gzip.CopyTo(text);
        return ((JsonArray)JsonValue.Parse(text.ToArray())).Select(HistoryEventJson.Read);
    }
}
