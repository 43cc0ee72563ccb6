using StepFlow.Runtime.InMemory;
using StepFlow.Service.Access;

namespace StepFlow.Service.Tests.Access;

/// <summary>Who tries credentials gets slower and slower.</summary>
public sealed class RefusedAttemptsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly VirtualClock _clock = new(Start);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refuse_AgainAndAgain_DoublesTheDelayUpToItsLimit()
    {
        var attempts = new RefusedAttempts(_clock);
        var delays = new List<double>();
        await _clock.RunAsync(async () =>
        {
            for (int count = 1; count <= 7; count++)
            {
                DateTimeOffset before = _clock.GetUtcNow();
                Assert.Equal(count, await attempts.RefuseAsync("a", Cancelled));
                delays.Add((_clock.GetUtcNow() - before).TotalMilliseconds);
            }

            return true;
        });

        Assert.Equal([250, 500, 1000, 2000, 4000, 5000, 5000], delays);
    }

    [Fact]
    public async Task Refuse_AfterAQuarterOfAnHour_CountsFromZero()
    {
        var attempts = new RefusedAttempts(_clock);
        await _clock.RunAsync(async () =>
        {
            await attempts.RefuseAsync("a", Cancelled);
            await attempts.RefuseAsync("a", Cancelled);
            await Task.Delay(TimeSpan.FromMinutes(16), _clock, Cancelled);
            Assert.Equal(1, await attempts.RefuseAsync("a", Cancelled));
            return true;
        });
    }

    [Fact]
    public async Task MayTry_WhileManyWait_IsRefusedToThatAddressOnly()
    {
        var attempts = new RefusedAttempts(_clock);
        await _clock.RunAsync(async () =>
        {
            Task[] waiting = [.. Enumerable.Range(0, RefusedAttempts.MaxWaiting).Select(_ => attempts.RefuseAsync("a", Cancelled))];
            Assert.False(attempts.MayTry("a"));
            Assert.True(attempts.MayTry("b"));
            await Task.WhenAll(waiting);
            Assert.True(attempts.MayTry("a"));
            return true;
        });
    }

    [Fact]
    public async Task Refuse_ExactlyAQuarterOfAnHourLater_StillCounts()
    {
        var attempts = new RefusedAttempts(_clock);
        await _clock.RunAsync(async () =>
        {
            await attempts.RefuseAsync("a", Cancelled);
            await Task.Delay(TimeSpan.FromMinutes(15) - TimeSpan.FromMilliseconds(250), _clock, Cancelled);
            Assert.Equal(2, await attempts.RefuseAsync("a", Cancelled));
            await Task.Delay(TimeSpan.FromMinutes(15) - TimeSpan.FromMilliseconds(499), _clock, Cancelled);
            Assert.Equal(1, await attempts.RefuseAsync("a", Cancelled));
            return true;
        });
    }

    [Fact]
    public async Task Refuse_CallerHasDisconnected_FreesItsSlot()
    {
        var attempts = new RefusedAttempts(_clock);
        using var gone = new CancellationTokenSource();
        Task[] waiting = [.. Enumerable.Range(0, RefusedAttempts.MaxWaiting).Select(_ => attempts.RefuseAsync("a", gone.Token))];
        Assert.False(attempts.MayTry("a"));
        await gone.CancelAsync();
        foreach (Task attempt in waiting)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt);
        }

        Assert.True(attempts.MayTry("a"));
    }

    /// <summary>Where all places are taken, those whose attempts are long over are given again; those that still wait are not.</summary>
    [Fact]
    public async Task Refuse_FromANewAddressMuchLater_GetsItsOwnEntry()
    {
        var attempts = new RefusedAttempts(_clock);
        await _clock.RunAsync(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 9_999).Select(number => attempts.RefuseAsync($"{number}", Cancelled)));
            await Task.Delay(TimeSpan.FromMinutes(10), _clock, Cancelled);
            await attempts.RefuseAsync("younger", Cancelled);
            Assert.Equal(1, await attempts.RefuseAsync("shared 1", Cancelled));
            Assert.Equal(2, await attempts.RefuseAsync("shared 2", Cancelled));
            await Task.Delay(TimeSpan.FromMinutes(10), _clock, Cancelled);
            Assert.Equal(1, await attempts.RefuseAsync("new 1", Cancelled));
            Assert.Equal(1, await attempts.RefuseAsync("new 2", Cancelled));
            Assert.Equal(2, await attempts.RefuseAsync("younger", Cancelled));
            Assert.Equal(2, await attempts.RefuseAsync("new 1", Cancelled));
            return true;
        });
    }

    /// <summary>Ten thousand addresses have a place of their own; those beyond share one.</summary>
    [Fact]
    public async Task Refuse_FromVeryManyAddresses_KeepsBoundedMemory()
    {
        var attempts = new RefusedAttempts(_clock);
        await _clock.RunAsync(async () =>
        {
            int[] counts = await Task.WhenAll(Enumerable.Range(0, 10_100).Select(number => attempts.RefuseAsync($"{number}", Cancelled)));
            Assert.Equal(100, counts.Max());
            return true;
        });
    }
}
