using StepFlow.Execution.History;

namespace StepFlow.Local.Records;

/// <summary>History events in the journal.</summary>
internal static class EventRecord
{
    /// <summary>The event's previous event has the number before it. This is the usual case.</summary>
    private const byte FollowsLast = 1;

    /// <summary>The event has the time of its signal. This is the usual case.</summary>
    private const byte AtSignal = 2;

    /// <summary>The event's number follows the one written before it in the same turn.</summary>
    private const byte NextNumber = 4;

    public static void Write(RecordWriter record, ValueWriter values, DateTimeOffset time, long lastId, HistoryEvent entry)
    {
        bool follows = entry.PreviousEventId == entry.Id - 1;
        bool atSignal = entry.Timestamp == time;
        bool next = entry.Id == lastId + 1;
        record.Byte(EventTypeCodes.Of(entry.Type));
        record.Byte((byte)((follows ? FollowsLast : 0) | (atSignal ? AtSignal : 0) | (next ? NextNumber : 0)));
        if (!next)
        {
            record.Unsigned((ulong)entry.Id);
        }

        if (!follows)
        {
            record.Unsigned((ulong)entry.PreviousEventId);
        }

        if (!atSignal)
        {
            record.Time(entry.Timestamp);
        }

        EventDetailsRecord.Write(record, values, entry.Details);
    }

    public static HistoryEvent Read(ref RecordReader record, ValueReader values, DateTimeOffset time, long lastId)
    {
        HistoryEventType type = EventTypeCodes.TypeOf(record.Byte());
        byte flags = record.Byte();
        long id = (flags & NextNumber) != 0 ? lastId + 1 : (long)record.Unsigned();
        return new()
        {
            Id = id,
            Type = type,
            PreviousEventId = (flags & FollowsLast) != 0 ? id - 1 : (long)record.Unsigned(),
            Timestamp = (flags & AtSignal) != 0 ? time : record.Time(),
            Details = EventDetailsRecord.Read(ref record, values),
        };
    }
}
