using System.Text.Json;

namespace StepFlow.Execution.Snapshots;

/// <summary>The values that are stored outside a snapshot, and their locations in its payloads.</summary>
internal static class StoredValues
{
    /// <summary>Writes the locations of the parts of a value that are stored outside.</summary>
    /// <param name="writer">Stands in an array.</param>
    public static void Write(Utf8JsonWriter writer, int number, IReadOnlyList<(IReadOnlyList<int> Path, ValueReference Part)> parts)
    {
        foreach ((IReadOnlyList<int> path, ValueReference part) in parts)
        {
            writer.WriteStartObject();
            writer.WriteNumber("value"u8, number);
            writer.WriteStartArray("place"u8);
            foreach (int step in path)
            {
                writer.WriteNumberValue(step);
            }

            writer.WriteEndArray();
            writer.WriteString("kind"u8, part.Kind.ToString());
            writer.WriteNumber("bytes"u8, part.Utf8Length);
            writer.WriteNumber("depth"u8, part.Depth);
            writer.WriteString("at"u8, part.Text);
            writer.WriteEndObject();
        }
    }

    /// <summary>Puts them back.</summary>
    /// <param name="stored">What <see cref="Write"/> wrote.</param>
    /// <param name="values">The snapshot's values.</param>
    /// <param name="find">Returns the value of a reference; null for values that cannot be read.</param>
    public static void Read(JsonArray stored, List<JsonValue> values, Func<ValueReference, JsonValue>? find)
    {
        foreach (JsonValue entry in stored)
        {
            var node = new SnapshotNode(entry as JsonObject ?? throw new SnapshotFormatException("A stored value is not an object."), values);
            var reference = new ValueReference(
                node.Text("at"),
                Enum.TryParse(node.Text("kind"), out JsonKind kind) ? kind : throw new SnapshotFormatException("The kind of a stored value is unknown."),
                node.Number("bytes"),
                (int)node.Number("depth"));
            int number = (int)node.Number("value");
            int[] path = [.. node.Array("place").Select(step => ((JsonNumber)step).TryGetInt64(out long at) ? (int)at : -1)];
            values[number] = LightValue.Put(node.At(number), path, find?.Invoke(reference) ?? JsonValue.Defer(new AbsentContent(reference)));
        }
    }

    private sealed class AbsentContent(ValueReference reference) : DeferredContent(reference)
    {
        public override JsonValue Load() => throw new ContentMissingException(Reference);
    }
}
