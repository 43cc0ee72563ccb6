using System.Text.Json;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Snapshots;

/// <summary>The payloads of a snapshot: each is written once, and referred to by its number.</summary>
internal sealed class SnapshotValues
{
    private readonly Dictionary<JsonValue, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<JsonValue> _values = [];

    /// <summary>The number of a payload.</summary>
    public int NumberOf(JsonValue value)
    {
        if (!_numbers.TryGetValue(value, out int number))
        {
            number = _values.Count;
            _numbers.Add(value, number);
            _values.Add(value);
        }

        return number;
    }

    /// <summary>Writes a member that holds a payload; nothing where there is none.</summary>
    public void Write(Utf8JsonWriter writer, string name, JsonValue? value)
    {
        if (value is not null)
        {
            writer.WriteNumber(name, NumberOf(value));
        }
    }

    public void WriteAll(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("values"u8);
        foreach (JsonValue value in _values)
        {
            value.WriteTo(writer);
        }

        writer.WriteEndArray();
    }
}
