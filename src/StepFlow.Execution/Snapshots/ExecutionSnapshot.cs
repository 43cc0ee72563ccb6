using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Interpretation;

namespace StepFlow.Execution.Snapshots;

/// <summary>
/// An execution as versioned JSON. What follows from the definition is not written; a payload that is referred to
/// several times is written once.
/// </summary>
internal static class ExecutionSnapshot
{
    /// <summary>The newest version. Its values can be stored outside the snapshot. Newer versions cannot be read.</summary>
    public const int Version = 2;

    /// <summary>The version that is written if all values are in the snapshot. Older programs can read it.</summary>
    public const int WholeVersion = 1;

    /// <summary>Payloads can be as deep as the parser allows, inside the snapshot's own objects.</summary>
    private const int MaxDepth = JsonParser.MaxDepth + 1000;

    private static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = MaxDepth,
    };

    public static byte[] Write(Interpreter interpreter)
    {
        byte[] snapshot = Write(interpreter, WholeVersion, out bool isWhole);
        return isWhole ? snapshot : Write(interpreter, Version, out _);
    }

    private static byte[] Write(Interpreter interpreter, int version, out bool isWhole)
    {
        var values = new SnapshotValues();
        return Document(version, values, writer => Write(interpreter, writer, values), out isWhole);
    }

    private static void Write(Interpreter interpreter, Utf8JsonWriter writer, SnapshotValues values)
    {
        StartSnapshot.Write(writer, values, interpreter.Start);
        writer.WriteString("status"u8, interpreter.Status.ToString());
        writer.WriteOptional("now", interpreter.Now);
        writer.WriteNumber("lastEvent"u8, interpreter.LastEventId);
        writer.WriteNumber("lastCommand"u8, interpreter.Commands.LastNumber);
        writer.WriteString("entropy"u8, interpreter.Scope.Entropy.State.ToString("x16", CultureInfo.InvariantCulture));
        writer.WriteUnlessZero("heldBytes", interpreter.HeldBytes);
        writer.WriteUnlessZero("madeBytes", interpreter.MadeBytes);
        writer.WriteUnlessZero("historyBytes", interpreter.HistoryBytes);
        writer.WriteUnlessZero("redriveCount", interpreter.RedriveCount);
        writer.WriteOptional("redriveTime", interpreter.RedriveTime);
        writer.WriteOptional("stopTime", interpreter.StopTime);
        writer.WriteOptional("error", interpreter.Error);
        writer.WriteOptional("cause", interpreter.Cause);
        values.Write(writer, "output", interpreter.Output);
        writer.WriteOptional("deadline", interpreter.Deadline);
        writer.WriteOptional("continuation", interpreter.Continuation);
        writer.WritePropertyName("root"u8);
        var queue = new Dictionary<Frame, int>();
        foreach (Frame frame in interpreter.Queued)
        {
            queue.Add(frame, queue.Count);
        }

        new FrameWriter(writer, values, queue).Write(interpreter.Root);
    }

    /// <summary>Only how an execution starts, readable by <see cref="ReadStart"/>.</summary>
    public static byte[] WriteStart(ExecutionStart start)
    {
        var values = new SnapshotValues();
        return Document(WholeVersion, values, writer => StartSnapshot.Write(writer, values, start), out _);
    }

    /// <summary>A snapshot: its version, its members, and then the payloads that they refer to.</summary>
    /// <param name="isWhole">Whether all payloads are in the snapshot.</param>
    public static byte[] Document(int version, SnapshotValues values, Action<Utf8JsonWriter> members, out bool isWhole)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, version);
        members(writer);
        isWhole = values.WriteAll(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static ExecutionStart ReadStart(ReadOnlySpan<byte> snapshot)
    {
        try
        {
            return StartSnapshot.Read(Parse(snapshot, null).Node("start"));
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw new SnapshotException($"The snapshot cannot be read: {e.Message}", e);
        }
    }

    public static Interpreter Read(StateMachine machine, ReadOnlySpan<byte> snapshot, Func<ValueReference, JsonValue>? stored)
    {
        try
        {
            SnapshotNode node = Parse(snapshot, stored);
            ExecutionStart start = StartSnapshot.Read(node.Node("start"));
            var frames = new FrameReader(start.ExecutionArn, start.TokenSecret);
            var entropy = new Entropy(ulong.Parse(node.Text("entropy"), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            var interpreter = new Interpreter(machine, start, entropy)
            {
                Root = frames.Read(node.Node("root"), machine.Graph),
                LastEventId = node.Number("lastEvent"),
                Status = Enum.TryParse(node.Text("status"), out ExecutionStatus status) ? status : throw new SnapshotFormatException("The status is unknown."),
                StopTime = node.OptionalTime("stopTime"),
                Error = node.OptionalText("error"),
                Cause = node.OptionalText("cause"),
                Output = node.OptionalPayload("output"),
                Deadline = node.OptionalTimer("deadline"),
                Continuation = node.OptionalTimer("continuation"),
                HeldBytes = node.Number("heldBytes"),
                MadeBytes = node.Number("madeBytes"),
                HistoryBytes = node.Number("historyBytes"),
            };
            interpreter.SetTime(node.Time("now"));
            interpreter.SetRedrive((int)node.Number("redriveCount"), node.OptionalTime("redriveTime"));
            interpreter.Commands.LastNumber = node.Number("lastCommand");
            foreach (Frame frame in frames.Queue)
            {
                interpreter.Enqueue(frame);
            }

            RestoreTimer(interpreter.Commands, interpreter.Deadline, CommandPurpose.Deadline, null);
            RestoreTimer(interpreter.Commands, interpreter.Continuation, CommandPurpose.Continue, null);
            RestoreCommands(interpreter.Commands, interpreter.Root);
            return interpreter;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw new SnapshotException($"The snapshot cannot be read: {e.Message}", e);
        }
    }

    private static bool IsUnreadable(Exception e) => e is JsonException or FormatException or InvalidOperationException or OverflowException or ArgumentException or InvalidCastException;

    /// <summary>The members of a snapshot, and its payloads.</summary>
    public static (JsonObject Members, IReadOnlyList<JsonValue> Values) ReadMembers(ReadOnlySpan<byte> snapshot)
    {
        try
        {
            return ParseMembers(snapshot, null);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw new SnapshotException($"The snapshot cannot be read: {e.Message}", e);
        }
    }

    private static SnapshotNode Parse(ReadOnlySpan<byte> snapshot, Func<ValueReference, JsonValue>? stored)
    {
        (JsonObject members, IReadOnlyList<JsonValue> values) = ParseMembers(snapshot, stored);
        return new(members, values);
    }

    private static (JsonObject Members, IReadOnlyList<JsonValue> Values) ParseMembers(ReadOnlySpan<byte> snapshot, Func<ValueReference, JsonValue>? stored)
    {
        var reader = new Utf8JsonReader(snapshot, new JsonReaderOptions { MaxDepth = MaxDepth });
        var members = new JsonObjectBuilder(20);
        var values = new List<JsonValue>();
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new SnapshotFormatException("It is not a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (name == "values" && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    values.Add(JsonParser.Read(ref reader));
                }

                continue;
            }

            members.Set(name, JsonParser.Read(ref reader));
            if (name == "version")
            {
                CheckVersion(new(members.Build(), values));
            }
        }

        var node = new SnapshotNode(members.Build(), values);
        CheckVersion(node);
        StoredValues.Read(node.Array("stored"), values, stored);
        return (members.Build(), values);
    }

    private static void CheckVersion(SnapshotNode node)
    {
        long version = node.OptionalNumber("version") ?? throw new SnapshotFormatException("It has no version.");
        if (version > Version)
        {
            throw new SnapshotException(string.Create(
                CultureInfo.InvariantCulture,
                $"The snapshot has version {version}; this program reads up to version {Version}. A newer program wrote it."));
        }
    }

    private static void RestoreCommands(PendingCommands pending, Frame frame)
    {
        if (frame.Task is { } task)
        {
            pending.Restore(task.Command, CommandPurpose.Task, frame);
            RestoreTimer(pending, task.Timeout, CommandPurpose.TaskTimeout, frame);
            RestoreTimer(pending, task.Heartbeat, CommandPurpose.TaskHeartbeat, frame);
        }

        RestoreTimer(pending, frame.Timer, frame.Phase == FramePhase.Backoff ? CommandPurpose.Backoff : CommandPurpose.Wait, frame);
        if (frame is { Phase: FramePhase.MapRun, MapRun: { } run })
        {
            pending.Restore(run.Command, CommandPurpose.MapRun, frame);
        }

        foreach (Frame? child in frame.Group?.Frames ?? [])
        {
            if (child is not null)
            {
                RestoreCommands(pending, child);
            }
        }
    }

    private static void RestoreTimer(PendingCommands pending, FrameTimer? timer, CommandPurpose purpose, Frame? frame)
    {
        if (timer is not null)
        {
            pending.Restore(new StartTimer(timer.Id, timer.Due), purpose, frame);
        }
    }
}
