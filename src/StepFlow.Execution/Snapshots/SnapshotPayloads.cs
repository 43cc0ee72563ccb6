using System.Text.Json;

namespace StepFlow.Execution.Snapshots;

/// <summary>
/// The payloads of a snapshot. Hosts that store large payloads outside replace them by references, and later the references
/// by the payloads. The state machine is not needed for this.
/// </summary>
public sealed class SnapshotPayloads
{
    private const string Start = "start";
    private const string InputTextName = "inputText";

    private readonly JsonObject _members;

    private SnapshotPayloads(JsonObject members, IReadOnlyList<JsonValue> values) =>
        (_members, Values) = (members, values);

    public IReadOnlyList<JsonValue> Values { get; }

    /// <summary>The input as it was sent, if that is not compact JSON (<see cref="ExecutionStart.InputText"/>). Only the first state and users need it.</summary>
    public string? InputText => ((_members[Start] as JsonObject)?[InputTextName] as JsonString)?.Value;

    /// <summary>Whether the execution has not entered its first state, whose event shows the input as it was sent.</summary>
    public bool NeedsInputText => _members["lastEvent"] is not JsonNumber number || number.CompareTo(JsonNumber.Create(1L)) <= 0;

    /// <summary>Reads a snapshot.</summary>
    /// <param name="snapshot">What <see cref="WorkflowExecution.Capture"/> gave.</param>
    /// <exception cref="SnapshotException">The snapshot is of a newer version, or it is not a snapshot.</exception>
    public static SnapshotPayloads Read(ReadOnlySpan<byte> snapshot)
    {
        (JsonObject members, IReadOnlyList<JsonValue> values) = ExecutionSnapshot.ReadMembers(snapshot);
        return new(members, values);
    }

    /// <summary>The same payloads with another text of the input, or none.</summary>
    public SnapshotPayloads WithInputText(string? text)
    {
        var start = (JsonObject)_members[Start]!;
        return new(_members.With(Start, text is null ? start.Without(InputTextName) : start.With(InputTextName, text)), Values);
    }

    /// <summary>The snapshot with other payloads in the same order.</summary>
    public byte[] Write(IEnumerable<JsonValue> values)
    {
        var numbered = new SnapshotValues();
        foreach (JsonValue value in values)
        {
            numbered.Add(value);
        }

        byte[] snapshot = Write(numbered, ExecutionSnapshot.WholeVersion, out bool isWhole);
        return isWhole ? snapshot : Write(numbered, ExecutionSnapshot.Version, out _);
    }

    private byte[] Write(SnapshotValues values, int version, out bool isWhole) => ExecutionSnapshot.Document(version, values, WriteMembers, out isWhole);

    private void WriteMembers(Utf8JsonWriter writer)
    {
        foreach ((string name, JsonValue value) in _members)
        {
            if (name is not ("version" or "stored"))
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
        }
    }
}
