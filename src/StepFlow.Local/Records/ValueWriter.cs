using System.Diagnostics;

namespace StepFlow.Local.Records;

/// <summary>
/// Writes JSON values into a record. A value that the record already contains is written as a reference (the events of a turn
/// mostly contain the same few values), and large values are added to a <see cref="PayloadSet"/>.
/// </summary>
internal sealed class ValueWriter(PayloadSet payloads)
{
    /// <summary>Up to this number of values, a linear search is faster than a dictionary.</summary>
    private const int LinearSearchLimit = 12;

    private readonly List<JsonValue> _written = [];
    private Dictionary<JsonValue, int>? _index;

    /// <summary>Starts a record. References are only to values of the same record.</summary>
    public void Clear()
    {
        _written.Clear();
        _index?.Clear();
    }

    public RecordWriter WriteNullable(RecordWriter record, JsonValue? value) => value is null ? record.Byte((byte)ValueTag.Absent) : Write(record, value);

    public RecordWriter Write(RecordWriter record, JsonValue value)
    {
        if (value is not (JsonObject or JsonArray or JsonString { Value.Length: > ValueReader.ShortText }))
        {
            return WriteInline(record, value);
        }

        int at = IndexOf(value);
        if (at >= 0)
        {
            return record.Byte((byte)ValueTag.Again).Unsigned(at);
        }

        Remember(value);
        return WriteStored(record, value);
    }

    /// <summary>Writes the text from which a value was read, unless it is equal to the value's own text. A large text is stored separately.</summary>
    public RecordWriter WriteText(RecordWriter record, string? text, JsonValue value)
    {
        TextForm form = text is null ? TextForm.None : payloads.FormOf(text, value);
        record.Byte((byte)form);
        return form switch
        {
            TextForm.Inline => record.Text(text!),
            TextForm.Payload => record.Bytes(payloads.Add(text!)),
            _ => record,
        };
    }

    private RecordWriter WriteStored(RecordWriter record, JsonValue value) => value.Utf8Length <= payloads.Threshold || HasLargePart(value)
        ? WriteInline(record, value)
        : record.Byte((byte)ValueTag.Payload).Bytes(payloads.Add(value));

    /// <summary>A value with a large part is written into the record, and only the part is stored separately, because the part is what recurs.</summary>
    private bool HasLargePart(JsonValue value) => value switch
    {
        JsonObject members => members.Any(member => member.Value.Utf8Length > payloads.Threshold),
        JsonArray items => items.Any(item => item.Utf8Length > payloads.Threshold),
        _ => false,
    };

    private RecordWriter WriteInline(RecordWriter record, JsonValue value) => value switch
    {
        JsonNull => record.Byte((byte)ValueTag.Null),
        JsonBoolean boolean => record.Byte((byte)(boolean.Value ? ValueTag.True : ValueTag.False)),
        JsonNumber { IsInteger: true } integer when integer.TryGetInt64(out long number) => record.Byte((byte)ValueTag.Integer).Signed(number),
        JsonNumber number => record.Byte((byte)ValueTag.Number).Text(number.Text),
        JsonString text => record.Byte((byte)ValueTag.String).Text(text.Value),
        JsonArray items => WriteItems(record, items),
        JsonObject members => WriteMembers(record, members),
        _ => throw new UnreachableException(),
    };

    private RecordWriter WriteItems(RecordWriter record, JsonArray items)
    {
        record.Byte((byte)ValueTag.Array).Unsigned(items.Count);
        foreach (JsonValue item in items.AsSpan())
        {
            WritePart(record, item);
        }

        return record;
    }

    private RecordWriter WriteMembers(RecordWriter record, JsonObject members)
    {
        record.Byte((byte)ValueTag.Object).Unsigned(members.Count);
        foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
        {
            record.Text(member.Key);
            WritePart(record, member.Value);
        }

        return record;
    }

    /// <summary>Parts are not registered for references: small ones are too short, and large ones are payloads.</summary>
    private RecordWriter WritePart(RecordWriter record, JsonValue value) => value.Utf8Length > payloads.Threshold ? WriteStored(record, value) : WriteInline(record, value);

    private int IndexOf(JsonValue value)
    {
        if (_written.Count <= LinearSearchLimit)
        {
            for (int i = 0; i < _written.Count; i++)
            {
                if (ReferenceEquals(_written[i], value))
                {
                    return i;
                }
            }

            return -1;
        }

        if (_index is null || _index.Count == 0)
        {
            _index ??= new(ReferenceEqualityComparer.Instance);
            for (int i = 0; i < _written.Count; i++)
            {
                _index[_written[i]] = i;
            }
        }

        return _index.TryGetValue(value, out int at) ? at : -1;
    }

    private void Remember(JsonValue value)
    {
        if (_index is { Count: > 0 })
        {
            _index[value] = _written.Count;
        }

        _written.Add(value);
    }
}
