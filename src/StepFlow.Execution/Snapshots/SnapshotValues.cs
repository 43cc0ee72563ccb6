using System.Text.Json;

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

    /// <summary>Gives a payload the next number, whether it has one or not.</summary>
    public void Add(JsonValue value) => _values.Add(value);

    /// <summary>Writes a member that holds a payload; nothing where there is none.</summary>
    public void Write(Utf8JsonWriter writer, string name, JsonValue? value)
    {
        if (value is not null)
        {
            writer.WriteNumber(name, NumberOf(value));
        }
    }

    /// <summary>Writes the payloads. Payloads that are stored outside the snapshot are written as references.</summary>
    /// <returns>Whether all payloads are in the snapshot.</returns>
    public bool WriteAll(Utf8JsonWriter writer)
    {
        var stored = new List<(int Number, IReadOnlyList<(IReadOnlyList<int>, ValueReference)> Parts)>();
        writer.WriteStartArray("values"u8);
        for (int number = 0; number < _values.Count; number++)
        {
            LightValue<ValueReference> light = LightValue.Of(_values[number], static value => value.Deferred?.Reference);
            light.Value.WriteTo(writer);
            if (light.Parts.Count > 0)
            {
                stored.Add((number, light.Parts));
            }
        }

        writer.WriteEndArray();
        if (stored.Count == 0)
        {
            return true;
        }

        writer.WriteStartArray("stored"u8);
        foreach ((int number, IReadOnlyList<(IReadOnlyList<int>, ValueReference)> parts) in stored)
        {
            StoredValues.Write(writer, number, parts);
        }

        writer.WriteEndArray();
        return false;
    }
}
