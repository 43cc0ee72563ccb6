using StepFlow.Execution.History;
using StepFlow.Execution.Signals;

namespace StepFlow.Local.Records;

/// <summary>A row of the log: the signal, and the history events that it produced.</summary>
internal static class TurnRecord
{
    private const byte WholeTurn = 1;

    /// <summary>A signal that was accepted before its turn. The turn, which has the same signal, follows in another record.</summary>
    private const byte AcceptedSignal = 2;

    /// <summary>Raised when the form of turns changes; older forms stay readable.</summary>
    private const byte Version = AcceptedSignal;

    public static void Write(RecordWriter record, ValueWriter values, DateTimeOffset time, Signal? signal, IReadOnlyList<HistoryEvent> events)
    {
        values.Clear();
        SignalRecord.Write(record.Byte(WholeTurn), values, time, signal).Unsigned(events.Count);
        long last = 0;
        foreach (HistoryEvent entry in events)
        {
            EventRecord.Write(record, values, time, last, entry);
            last = entry.Id;
        }
    }

    /// <summary>Writes a signal that is accepted before its turn.</summary>
    public static void WriteAccepted(RecordWriter record, ValueWriter values, Signal signal)
    {
        values.Clear();
        SignalRecord.Write(record.Byte(AcceptedSignal), values, signal.Time, signal).Unsigned(0);
    }

    /// <summary>Reads only the signal, for recovery.</summary>
    /// <returns>Its time, the signal (null for the start), and whether it was only accepted.</returns>
    public static (DateTimeOffset Time, Signal? Signal, bool IsAccepted) ReadSignal(ReadOnlySpan<byte> data, ValueReader values)
    {
        var record = new RecordReader(data);
        bool isAccepted = Check(ref record) == AcceptedSignal;
        (DateTimeOffset time, Signal? signal) = SignalRecord.Read(ref record, values);
        return (time, signal, isAccepted);
    }

    /// <summary>Reads the events one at a time.</summary>
    public static IEnumerable<HistoryEvent> ReadEvents(byte[] data, IPayloadSource payloads)
    {
        var values = new ValueReader(payloads);
        (int count, DateTimeOffset time, int at) = ReadHead(data, values);
        long last = 0;
        for (int read = 0; read < count; read++)
        {
            HistoryEvent entry = ReadEvent(data, ref at, values, time, last);
            last = entry.Id;
            yield return entry;
        }
    }

    private static (int Events, DateTimeOffset Time, int At) ReadHead(byte[] data, ValueReader values)
    {
        var record = new RecordReader(data);
        Check(ref record);
        DateTimeOffset time = SignalRecord.Read(ref record, values).Time;
        int count = record.Int32();
        return (count, time, record.At);
    }

    private static HistoryEvent ReadEvent(byte[] data, ref int at, ValueReader values, DateTimeOffset time, long last)
    {
        var record = new RecordReader(data, at);
        HistoryEvent entry = EventRecord.Read(ref record, values, time, last);
        at = record.At;
        return entry;
    }

    private static byte Check(ref RecordReader record)
    {
        byte version = record.Byte();
        if (version > Version)
        {
            throw new JournalException(JournalProblem.Newer, $"A turn was written by a newer StepFlow (form {version}; this version supports up to {Version}).");
        }

        return version;
    }
}
