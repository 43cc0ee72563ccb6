using StepFlow.Local.Engine;

namespace StepFlow.Local.Tests.Engine;

public sealed class PendingTimersTests
{
    private static readonly DateTimeOffset Due = DateTimeOffset.FromUnixTimeMilliseconds(1000);

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1, 1001)]
    [InlineData(9999, 1001)]
    public void TakeDue_DueTimeBetweenTwoMilliseconds_FiresAtTheLaterOne(int ticks, long first)
    {
        var timers = new PendingTimers();
        timers.Start("timer-1", Due.AddTicks(ticks));

        Assert.Equal(first, timers.Earliest);
        Assert.Null(timers.TakeDue(first - 1));
        Assert.Equal("timer-1", timers.TakeDue(first));
        Assert.Null(timers.TakeDue(first));
    }

    [Fact]
    public void TakeDue_TimerCancelledAndStartedAgain_FiresOnceAtItsNewTime()
    {
        var timers = new PendingTimers();
        timers.Start("timer-1", Due);
        timers.Start("timer-2", Due.AddMilliseconds(5));
        timers.Cancel("timer-1");
        timers.Start("timer-1", Due.AddMilliseconds(9));

        Assert.Equal("timer-2", timers.TakeDue(2000));
        Assert.Equal("timer-1", timers.TakeDue(2000));
        Assert.Null(timers.TakeDue(2000));
        Assert.Null(timers.Earliest);
    }
}
