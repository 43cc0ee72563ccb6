using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Local.Journal;

namespace StepFlow.Local.Records;

/// <summary>A row of the log: the signal that came in, and the history events it produced.</summary>
internal static class TurnRecord
{
    /// <summary>Raised when the form of turns changes; older forms stay readable.</summary>
    private const byte Version = 1;

    public static void Write(RecordWriter record, ValueWriter values, DateTimeOffset time, Signal? signal, IReadOnlyList<HistoryEvent> events)
    {
        values.Clear();
        record.Byte(Version);
        SignalRecord.Write(record, values, time, signal);
        record.Unsigned(events.Count);
        long last = 0;
        foreach (HistoryEvent entry in events)
        {
            EventRecord.Write(record, values, time, last, entry);
            last = entry.Id;
        }
    }

    /// <summary>Reads the signal only: what recovery needs.</summary>
    public static (DateTimeOffset Time, Signal? Signal) ReadSignal(ReadOnlySpan<byte> data, ValueReader values)
    {
        var record = new RecordReader(data);
        Check(ref record);
        return SignalRecord.Read(ref record, values);
    }

    /// <summary>Reads the events.</summary>
    public static HistoryEvent[] ReadEvents(ReadOnlySpan<byte> data, ValueReader values)
    {
        var record = new RecordReader(data);
        Check(ref record);
        DateTimeOffset time = SignalRecord.Read(ref record, values).Time;
        var events = new HistoryEvent[record.Int32()];
        for (int i = 0; i < events.Length; i++)
        {
            events[i] = EventRecord.Read(ref record, values, time, i == 0 ? 0 : events[i - 1].Id);
        }

        return events;
    }

    private static void Check(ref RecordReader record)
    {
        byte version = record.Byte();
        if (version > Version)
        {
            throw new JournalException(JournalProblem.Newer, $"A turn was written by a newer StepFlow (form {version}; this one knows up to {Version}).");
        }
    }
}
