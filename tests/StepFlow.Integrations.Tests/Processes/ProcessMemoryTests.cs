using StepFlow.Integrations.Processes;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Integrations.Tests.Processes;

public sealed class ProcessMemoryTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReserveAsync_MoreThanIsFree_WaitsInOrder()
    {
        var memory = new ProcessMemory(10, Timeout.InfiniteTimeSpan, TimeProvider.System);
        IDisposable first = await memory.ReserveAsync(7, Cancelled);
        Task<IDisposable> large = memory.ReserveAsync(8, Cancelled);
        Task<IDisposable> small = memory.ReserveAsync(2, Cancelled);
        Assert.False(large.IsCompleted);
        Assert.False(small.IsCompleted);

        first.Dispose();
        using IDisposable second = await large;
        using IDisposable third = await small;
    }

    [Fact]
    public async Task ReserveAsync_MoreThanThereIs_RunsAlone()
    {
        var memory = new ProcessMemory(10, Timeout.InfiniteTimeSpan, TimeProvider.System);
        IDisposable huge = await memory.ReserveAsync(1000, Cancelled);
        Task<IDisposable> next = memory.ReserveAsync(1, Cancelled);
        Assert.False(next.IsCompleted);

        huge.Dispose();
        huge.Dispose();
        (await next).Dispose();
        using IDisposable all = await memory.ReserveAsync(10, Cancelled);
        Assert.False(memory.ReserveAsync(1, Cancelled).IsCompleted);
    }

    [Fact]
    public async Task ReserveAsync_Cancelled_LeavesTheQueueToOthers()
    {
        using var gone = new CancellationTokenSource();
        var memory = new ProcessMemory(10, Timeout.InfiniteTimeSpan, TimeProvider.System);
        using IDisposable first = await memory.ReserveAsync(5, Cancelled);
        Task<IDisposable> large = memory.ReserveAsync(10, gone.Token);
        Task<IDisposable> small = memory.ReserveAsync(5, Cancelled);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        (await small).Dispose();
    }

    [Fact]
    public async Task ReserveAsync_LongerThanTheHostWaits_ReportsWhatToSet()
    {
        var memory = new ProcessMemory(10, TimeSpan.Zero, TimeProvider.System);
        IDisposable first = await memory.ReserveAsync(10, Cancelled);

        MemoryInUseException refused = await Assert.ThrowsAsync<MemoryInUseException>(() => memory.ReserveAsync(3, Cancelled));

        Assert.Contains("StepFlow:Processes:MemoryBytes", refused.Message, StringComparison.Ordinal);
        Assert.True(Outages.IsOutage(refused));
        first.Dispose();
        (await memory.ReserveAsync(10, Cancelled)).Dispose();
    }

    [Fact]
    public void OfThisMachine_IsLessThanTheMachineHas() =>
        Assert.InRange(ProcessMemory.OfThisMachine, 64L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - 1);
}
