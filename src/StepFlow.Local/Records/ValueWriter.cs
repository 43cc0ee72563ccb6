namespace StepFlow.Local.Records;

/// <summary>
/// Writes JSON values into a record. A value that the record already contains is written as a reference (the events of a turn
/// mostly contain the same few values), and large values are added to a <see cref="PayloadSet"/>.
/// </summary>
internal sealed class ValueWriter(RecordWriter record, PayloadSet payloads)
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

    public void WriteNullable(JsonValue? value)
    {
        if (value is null)
        {
            record.Byte((byte)ValueTag.Absent);
        }
        else
        {
            Write(value);
        }
    }

    public void Write(JsonValue value)
    {
        if (value is JsonObject or JsonArray or JsonString { Value.Length: > ValueReader.ShortText })
        {
            int at = IndexOf(value);
            if (at >= 0)
            {
                record.Byte((byte)ValueTag.Again);
                record.Unsigned(at);
                return;
            }

            Remember(value);
            WriteStored(value);
        }
        else
        {
            WriteInline(value);
        }
    }

    /// <summary>Writes the text from which a value was read, unless it is equal to the value's own text. A large text is stored separately.</summary>
    public void WriteText(string? text, JsonValue value)
    {
        switch (text is null ? TextForm.None : payloads.FormOf(text, value))
        {
            case TextForm.None:
                record.Byte((byte)TextForm.None);
                break;
            case TextForm.OfValue:
                record.Byte((byte)TextForm.OfValue);
                break;
            case TextForm.Payload:
                record.Byte((byte)TextForm.Payload);
                record.Bytes(payloads.Add(text!));
                break;
            default:
                record.Byte((byte)TextForm.Inline);
                record.Text(text!);
                break;
        }
    }

    private void WriteStored(JsonValue value)
    {
        if (value.Utf8Length <= payloads.Threshold || HasLargePart(value))
        {
            WriteInline(value);
        }
        else
        {
            record.Byte((byte)ValueTag.Payload);
            record.Bytes(payloads.Add(value));
        }
    }

    /// <summary>A value with a large part is written into the record, and only the part is stored separately, because the part is what recurs.</summary>
    private bool HasLargePart(JsonValue value)
    {
        switch (value)
        {
            case JsonObject members:
                foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
                {
                    if (member.Value.Utf8Length > payloads.Threshold)
                    {
                        return true;
                    }
                }

                return false;
            case JsonArray items:
                foreach (JsonValue item in items.AsSpan())
                {
                    if (item.Utf8Length > payloads.Threshold)
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }

    private void WriteInline(JsonValue value)
    {
        switch (value)
        {
            case JsonNull:
                record.Byte((byte)ValueTag.Null);
                break;
            case JsonBoolean boolean:
                record.Byte((byte)(boolean.Value ? ValueTag.True : ValueTag.False));
                break;
            case JsonNumber { IsInteger: true } integer:
                integer.TryGetInt64(out long number);
                record.Byte((byte)ValueTag.Integer);
                record.Signed(number);
                break;
            case JsonNumber decimalNumber:
                record.Byte((byte)ValueTag.Number);
                record.Text(decimalNumber.Text);
                break;
            case JsonString text:
                record.Byte((byte)ValueTag.String);
                record.Text(text.Value);
                break;
            case JsonArray items:
                record.Byte((byte)ValueTag.Array);
                record.Unsigned(items.Count);
                foreach (JsonValue item in items.AsSpan())
                {
                    WritePart(item);
                }

                break;
            case JsonObject members:
                record.Byte((byte)ValueTag.Object);
                record.Unsigned(members.Count);
                foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
                {
                    record.Text(member.Key);
                    WritePart(member.Value);
                }

                break;
        }
    }

    /// <summary>Parts are not registered for references: small ones are too short, and large ones are payloads.</summary>
    private void WritePart(JsonValue value)
    {
        if (value.Utf8Length > payloads.Threshold)
        {
            WriteStored(value);
        }
        else
        {
            WriteInline(value);
        }
    }

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
