using StepFlow.Execution.History;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Runtime.Tests.Ports;

public sealed class HistoryPageTests
{
    [Theory]
    [InlineData(3, 10, 3, false)]
    [InlineData(3, 3, 3, false)]
    [InlineData(3, 2, 2, true)]
    [InlineData(0, 2, 0, false)]
    public void Take_SmallEvents_IsBoundedByCount(int events, int count, int taken, bool more)
    {
        HistoryPage page = HistoryPage.Take(Events(events, 10), count);

        Assert.Equal((taken, more), (page.Count, page.HasMore));
    }

    [Theory]
    [InlineData(HistoryPage.MaxPayloadBytes / 4, 4)]
    [InlineData((HistoryPage.MaxPayloadBytes / 4) + 1, 3)]
    [InlineData(HistoryPage.MaxPayloadBytes * 2, 1)]
    public void Take_LargeEvents_IsBoundedByBytesAndNeverEmpty(long size, int taken)
    {
        int read = 0;

        HistoryPage page = HistoryPage.Take(Events(100, (int)size).Select(entry => (Read: ++read, entry).entry), 100);

        Assert.Equal((taken, true), (page.Count, page.HasMore));
        Assert.Equal(taken + 1, read);
    }

    private static IEnumerable<HistoryEvent> Events(int count, int size)
    {
        // The text of a string has quotation marks.
        var output = new JsonString(new string('x', size - 2));
        for (int id = 1; id <= count; id++)
        {
            yield return new() { Id = id, PreviousEventId = id - 1, Type = HistoryEventType.PassStateExited, Timestamp = DateTimeOffset.UnixEpoch, Details = new StateExitedDetails("S", output, null) };
        }
    }
}
