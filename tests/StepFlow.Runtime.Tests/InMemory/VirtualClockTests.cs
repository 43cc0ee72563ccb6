using StepFlow.Hosting.Compliance;
using StepFlow.Runtime.InMemory;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.InMemory;

public sealed class VirtualClockTests
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    [Fact]
    public async Task RunAsync_WaitOfAYear_JumpsThere()
    {
        var clock = new VirtualClock(Runs.Start);
        await clock.RunAsync(() => Task.Delay(TimeSpan.FromDays(40), clock));
        Assert.Equal(Runs.Start.AddDays(40), clock.GetUtcNow());
    }

    [Fact]
    public async Task RunAsync_TimersOfSeveralBodies_FireInOrderOfTime()
    {
        var clock = new VirtualClock(Runs.Start);
        var order = new List<string>();
        await clock.RunAsync(() => Task.WhenAll(WaitAsync("c", 3), WaitAsync("a", 1), WaitAsync("b", 2)));
        Assert.Equal(["a", "b", "c"], order);

        async Task WaitAsync(string name, int hours)
        {
            await Task.Delay(TimeSpan.FromHours(hours), clock);
            order.Add(name);
        }
    }

    [Fact]
    public async Task RunAsync_WorkOutside_StopsTheClock()
    {
        var clock = new VirtualClock(Runs.Start);
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool fired = false;
        using ITimer timer = clock.CreateTimer(_ => fired = true, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        Task<int> body = clock.RunAsync(() => clock.RunOutsideAsync(() => release.Task));
        Assert.False(fired);
        release.SetResult(7);

        Assert.Equal(7, await body);
        Assert.Equal(Runs.Start, clock.GetUtcNow());
    }

    [Fact]
    public async Task RunOutside_OverItsLimit_LetsTheTimersUpToThereFire()
    {
        var real = new ManualClock();
        var clock = new VirtualClock(Runs.Start, real);
        var fired = new List<int>();
        using ITimer within = clock.CreateTimer(_ => fired.Add(1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using ITimer at = clock.CreateTimer(_ => fired.Add(5), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using ITimer after = clock.CreateTimer(_ => fired.Add(6), null, TimeSpan.FromSeconds(6), Timeout.InfiniteTimeSpan);
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task body = clock.RunAsync(() =>
        {
            var end = new TaskCompletionSource();
            clock.RunOutside(
                async () =>
                {
                    await release.Task;
                    return end.SetResult;
                },
                TimeSpan.FromSeconds(5));
            return end.Task;
        });

        real.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(fired);
        real.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal([1, 5], fired);
        Assert.Equal(Runs.Start.AddSeconds(5), clock.GetUtcNow());

        release.SetResult(0);
        await body;
        Assert.Equal(Runs.Start.AddSeconds(5), clock.GetUtcNow());
    }

    [Fact]
    public async Task RunOutside_SeveralAtOnce_ReturnInTheOrderOfTheirStart()
    {
        var clock = new VirtualClock(Runs.Start);
        var first = new TaskCompletionSource<int>();
        var order = new List<int>();
        await clock.RunAsync(async () =>
        {
            Task one = NoteAsync(1, async () => await first.Task);
            Task two = NoteAsync(2, () =>
            {
                first.SetResult(0);
                return Task.FromResult(0);
            });
            await Task.WhenAll(one, two);
        });
        Assert.Equal([1, 2], order);

        async Task NoteAsync(int number, Func<Task<int>> work)
        {
            await clock.RunOutsideAsync(work);
            order.Add(number);
        }
    }

    [Fact]
    public void CreateTimer_NothingWaitsInside_TimeDoesNotAdvance()
    {
        var clock = new VirtualClock(Runs.Start);
        bool fired = false;
        using ITimer timer = clock.CreateTimer(_ => fired = true, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Assert.False(fired);
        Assert.Equal(Runs.Start, clock.GetUtcNow());
    }

    [Fact]
    public async Task CreateTimer_ChangedAndDisposed_DoesNotFireAtItsOldTime()
    {
        var clock = new VirtualClock(Runs.Start);
        var fired = new List<DateTimeOffset>();
        ITimer moved = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow()), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        ITimer disposed = clock.CreateTimer(_ => fired.Add(clock.GetUtcNow()), null, TimeSpan.FromHours(2), Timeout.InfiniteTimeSpan);
        moved.Change(TimeSpan.FromHours(3), Timeout.InfiniteTimeSpan);
        await disposed.DisposeAsync();
        await clock.RunAsync(() => Task.Delay(TimeSpan.FromHours(5), clock));
        Assert.Equal([Runs.Start.AddHours(3)], fired);
        await moved.DisposeAsync();
    }

    [Fact]
    public async Task RunAsync_BodyThrows_ThrowsThat()
    {
        var clock = new VirtualClock(Runs.Start);
        await Assert.ThrowsAsync<InvalidOperationException>(() => clock.RunAsync<int>(async () =>
        {
            await Task.Delay(Year / 20, clock);
            throw new InvalidOperationException("Broken.");
        }));
    }
}
