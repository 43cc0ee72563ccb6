using StepFlow.Execution.History;
using StepFlow.Local.Journal;
using StepFlow.Local.Records;

namespace StepFlow.Local.Engine;

/// <summary>Reads pages of histories from the journal. Reads only the turns that a page needs.</summary>
internal static class HistoryReading
{
    public static HistoryPage Page(JournalReader reader, long execution, long? after, int count, bool reverse)
    {
        // The events of a page often contain the same values. Each value is read once.
        var payloads = new PayloadCache(reader);
        IEnumerable<HistoryEvent> events = reverse
            ? reader.TurnsBackwards(execution, after ?? long.MaxValue).SelectMany(turn => TurnRecord.ReadEvents(turn, payloads).Reverse())
                .Where(entry => after is null || entry.Id < after)
            : reader.Turns(execution, after ?? 0).SelectMany(turn => TurnRecord.ReadEvents(turn, payloads)).Where(entry => entry.Id > (after ?? 0));
        return HistoryPage.Take(events, count);
    }
}
