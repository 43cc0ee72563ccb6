using System.Collections;
using StepFlow.Execution.History;
using StepFlow.Runtime.History;

namespace StepFlow.Runtime.Ports;

/// <summary>A page of a history: the requested number of events, or fewer if their payloads are large, but at least one.</summary>
/// <param name="hasMore">Whether others follow.</param>
public sealed class HistoryPage(IReadOnlyList<HistoryEvent> events, bool hasMore) : IReadOnlyList<HistoryEvent>
{
    /// <summary>The size of payloads, in bytes, at which a page ends.</summary>
    public const long MaxPayloadBytes = 2 * 1024 * 1024;

    /// <summary>A page without events.</summary>
    public static HistoryPage Empty { get; } = new([], hasMore: false);

    /// <summary>Whether more events follow.</summary>
    public bool HasMore => hasMore;

    public int Count => events.Count;

    public HistoryEvent this[int index] => events[index];

    /// <summary>Takes a page from the beginning of a sequence; reads one event beyond it at most.</summary>
    /// <param name="events">Events in reading order.</param>
    /// <param name="count">The maximum number of events, from 0.</param>
    public static HistoryPage Take(IEnumerable<HistoryEvent> events, int count)
    {
        var page = new List<HistoryEvent>();
        long bytes = 0;
        foreach (HistoryEvent entry in events)
        {
            bytes += EventSize.PayloadBytes(entry);
            if (page.Count == count || (bytes > MaxPayloadBytes && page.Count > 0))
            {
                return new(page, hasMore: true);
            }

            page.Add(entry);
        }

        return new(page, hasMore: false);
    }

    /// <summary>A page of a history that was read completely.</summary>
    /// <param name="events">All events, in order.</param>
    /// <param name="after">The id of the last event of the page before; null for the first page.</param>
    /// <param name="count">The maximum number of events, from 0.</param>
    /// <param name="reverse">Whether the last event comes first.</param>
    public static HistoryPage Of(IEnumerable<HistoryEvent> events, long? after, int count, bool reverse) => Take(
        reverse ? events.Reverse().Where(entry => after is null || entry.Id < after) : events.Where(entry => after is null || entry.Id > after), count);

    public IEnumerator<HistoryEvent> GetEnumerator() => events.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
