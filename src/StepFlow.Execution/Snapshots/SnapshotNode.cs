using System.Globalization;

namespace StepFlow.Execution.Snapshots;

/// <summary>An object of a snapshot that is being read, with the payloads to which its numbers refer.</summary>
internal readonly struct SnapshotNode(JsonObject source, IReadOnlyList<JsonValue> values)
{
    public bool Has(string name) => source.ContainsKey(name);

    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    public string? OptionalText(string name) => source.Text(name);

    public bool Flag(string name) => source[name] is JsonBoolean { Value: true };

    /// <summary>A number; zero where there is none.</summary>
    public long Number(string name) => source[name] is JsonNumber number && number.TryGetInt64(out long value) ? value : 0;

    public double? OptionalDouble(string name) => (source[name] as JsonNumber)?.ToDouble();

    public long? OptionalNumber(string name) => source.ContainsKey(name) ? Number(name) : null;

    public DateTimeOffset Time(string name) => OptionalTime(name) ?? throw Missing(name);

    public DateTimeOffset? OptionalTime(string name) => OptionalText(name) is { } text
        ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
        : null;

    public FrameTimer? OptionalTimer(string name) => OptionalNode(name) is { } node ? new(node.Text("id"), node.Time("due")) : null;

    public JsonValue Payload(string name) => OptionalPayload(name) ?? throw Missing(name);

    public JsonValue? OptionalPayload(string name) => source.ContainsKey(name) ? At((int)Number(name)) : null;

    /// <summary>The payload with a number.</summary>
    public JsonValue At(int number) =>
        number >= 0 && number < values.Count ? values[number] : throw new SnapshotFormatException("A payload is missing.");

    public SnapshotNode Node(string name) => OptionalNode(name) ?? throw Missing(name);

    public SnapshotNode? OptionalNode(string name) => source[name] is JsonObject node ? new SnapshotNode(node, values) : null;

    public JsonArray Array(string name) => source[name] as JsonArray ?? JsonArray.Empty;

    /// <summary>Another object of the same snapshot.</summary>
    public SnapshotNode Inner(JsonValue node) =>
        node is JsonObject inner ? new(inner, values) : throw new SnapshotFormatException("An object was expected.");

    private static SnapshotFormatException Missing(string name) => new($"'{name}' is missing.");
}
