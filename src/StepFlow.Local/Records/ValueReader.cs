namespace StepFlow.Local.Records;

/// <summary>Reads values that <see cref="ValueWriter"/> wrote. One for each record.</summary>
/// <param name="payloads">Reads the values that are stored separately.</param>
internal sealed class ValueReader(IPayloadSource payloads)
{
    /// <summary>Texts up to this length are written again rather than referred to.</summary>
    public const int ShortText = 8;

    private readonly List<JsonValue> _read = [];

    public JsonValue? ReadNullable(ref RecordReader record)
    {
        var tag = (ValueTag)record.Byte();
        return tag == ValueTag.Absent ? null : Read(ref record, tag);
    }

    public JsonValue Read(ref RecordReader record) => Read(ref record, (ValueTag)record.Byte());

    public string? ReadText(ref RecordReader record, JsonValue value) => (TextForm)record.Byte() switch
    {
        TextForm.None => null,
        TextForm.Inline => record.Text(),
        TextForm.OfValue => value.ToString(),
        TextForm.Payload => payloads.Text(record.Bytes()),
        _ => throw RecordReader.Damaged(),
    };

    private JsonValue Read(ref RecordReader record, ValueTag tag)
    {
        if (tag == ValueTag.Again)
        {
            int index = record.Int32();
            return index < _read.Count ? _read[index] : throw RecordReader.Damaged();
        }

        JsonValue value = ReadInline(ref record, tag);
        if (tag == ValueTag.Payload || value is JsonObject or JsonArray or JsonString { Value.Length: > ShortText })
        {
            _read.Add(value);
        }

        return value;
    }

    private JsonValue ReadInline(ref RecordReader record, ValueTag tag)
    {
        switch (tag)
        {
            case ValueTag.Null:
                return JsonValue.Null;
            case ValueTag.False:
                return JsonValue.False;
            case ValueTag.True:
                return JsonValue.True;
            case ValueTag.Integer:
                return JsonNumber.Create(record.Signed());
            case ValueTag.Number:
                return JsonValue.Parse(record.Text());
            case ValueTag.String:
                return new JsonString(record.Text());
            case ValueTag.Payload:
                return payloads.Value(record.Bytes());
            case ValueTag.Array:
                var items = new JsonValue[record.Int32()];
                for (int i = 0; i < items.Length; i++)
                {
                    items[i] = ReadPart(ref record);
                }

                return JsonArray.Adopt(items);
            case ValueTag.Object:
                int count = record.Int32();
                var members = new JsonObjectBuilder(count);
                for (int i = 0; i < count; i++)
                {
                    string name = record.Text();
                    members.Set(name, ReadPart(ref record));
                }

                return members.Build();
            default:
                throw RecordReader.Damaged();
        }
    }

    private JsonValue ReadPart(ref RecordReader record) => ReadInline(ref record, (ValueTag)record.Byte());
}
