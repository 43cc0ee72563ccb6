using StepFlow.Local.Engine;

namespace StepFlow.Local.Tests.Engine;

public class TimerHeapTests
{
    [Fact]
    public void Heap_RandomChanges_BehavesLikeASortedList()
    {
        var random = new Random(7);
        var heap = new TimerHeap();
        var model = new Dictionary<long, long>();
        for (int step = 0; step < 20_000; step++)
        {
            long execution = random.Next(300);
            switch (random.Next(4))
            {
                case 0:
                    heap.Remove(execution);
                    model.Remove(execution);
                    break;
                case 1:
                    long now = random.Next(1000);
                    if (heap.TryTake(now, out long taken))
                    {
                        Assert.Equal(model.Values.Min(), model[taken]);
                        Assert.True(model[taken] <= now);
                        model.Remove(taken);
                    }
                    else
                    {
                        Assert.DoesNotContain(model.Values, due => due <= now);
                    }

                    break;
                default:
                    long time = random.Next(1000);
                    heap.Set(execution, time);
                    model[execution] = time;
                    break;
            }

            Assert.Equal(model.Count, heap.Count);
            Assert.Equal(model.Count == 0 ? null : model.Values.Min(), heap.Earliest);
        }
    }

    [Fact]
    public void PendingTimers_CancelledAndSetAgain_FireOnceInOrder()
    {
        var timers = new PendingTimers();
        DateTimeOffset start = DateTimeOffset.UnixEpoch;
        timers.Start("a", start.AddSeconds(3));
        timers.Start("b", start.AddSeconds(1));
        timers.Start("c", start.AddSeconds(2));
        timers.Cancel("b");
        timers.Start("c", start.AddSeconds(5));
        Assert.Equal(3000, timers.Earliest);
        Assert.Null(timers.TakeDue(2999));
        Assert.Equal("a", timers.TakeDue(3000));
        Assert.Null(timers.TakeDue(4999));
        Assert.Equal("c", timers.TakeDue(10_000));
        Assert.Null(timers.TakeDue(long.MaxValue));
        Assert.Null(timers.Earliest);
    }
}
