using StepFlow.Hosting.Compliance;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.Ports;

namespace StepFlow.Runtime.Tests.Documents;

/// <summary>Documents are read once, and never older than the last change that ended.</summary>
public sealed class DocumentCacheTests : IDisposable
{
    private const string Collection = "state-machines";
    private const string Key = "m";

    private readonly DocumentCache _cache = new(TimeProvider.System);
    private int _version = 1;
    private int _reads;

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task Find_Again_IsNotRead()
    {
        Assert.Equal("1", (await FindAsync())!.Version);
        Assert.Same(await FindAsync(), await FindAsync());
        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task Find_OfNothing_IsReadAgain()
    {
        Assert.Null(await _cache.FindAsync(Collection, Key, () => Task.FromResult<Document?>(null)));
        Assert.Equal("1", (await FindAsync())!.Version);
    }

    [Fact]
    public async Task Find_AfterAChange_IsRead()
    {
        await FindAsync();
        await ChangeAsync();
        Assert.Equal("2", (await FindAsync())!.Version);
        Assert.Equal("2", (await FindAsync())!.Version);
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task Find_AfterAChangeThatFailed_IsRead()
    {
        await FindAsync();
        await Assert.ThrowsAsync<IOException>(() => _cache.ChangeAsync<bool>(Collection, Key, () => throw new IOException()));
        _version = 2;
        Assert.Equal("2", (await FindAsync())!.Version);
    }

    [Fact]
    public async Task Find_WhileItIsChanged_IsNotCached()
    {
        await FindAsync();
        var committed = new TaskCompletionSource<bool>();
        Task<bool> change = _cache.ChangeAsync(Collection, Key, () => committed.Task);
        Assert.Equal("1", (await FindAsync())!.Version);
        _version = 2;
        Assert.Equal("2", (await FindAsync())!.Version);
        committed.SetResult(true);
        await change;
        Assert.Equal("2", (await FindAsync())!.Version);
    }

    /// <summary>What was read before a change, by a slow reader, does not reappear after it.</summary>
    [Fact]
    public async Task Find_BegunBeforeAChangeAndEndedAfterIt_IsNotCached()
    {
        using var read = new SemaphoreSlim(0);
        using var changed = new SemaphoreSlim(0);
        Task<Document?> slow = Task.Run(async () => await _cache.FindAsync(Collection, Key, () =>
        {
            Document old = Read();
            read.Release();
            changed.Wait(TestContext.Current.CancellationToken);
            return Task.FromResult<Document?>(old);
        }));
        await read.WaitAsync(TestContext.Current.CancellationToken);
        await ChangeAsync();
        changed.Release();
        Assert.Equal("1", (await slow)!.Version);
        Assert.Equal("2", (await FindAsync())!.Version);
    }

    [Fact]
    public async Task Find_AfterAChangeOfAnother_IsNotRead()
    {
        await FindAsync();
        await _cache.ChangeAsync(Collection, "other", () => Task.FromResult(true));
        await FindAsync();
        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task Find_AfterAChangeOfAny_IsRead()
    {
        await FindAsync();
        await _cache.ChangeAnyAsync(() => Task.FromResult(_version = 2));
        Assert.Equal("2", (await FindAsync())!.Version);
    }

    [Fact]
    public async Task Find_AfterItsLifetime_IsReadAgain()
    {
        var clock = new ManualClock();
        using var cache = new DocumentCache(clock, TimeSpan.FromSeconds(2));
        await cache.FindAsync(Collection, Key, () => Task.FromResult<Document?>(Read()));
        _version = 2;
        Assert.Equal("1", (await cache.FindAsync(Collection, Key, () => Task.FromResult<Document?>(Read())))!.Version);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("2", (await cache.FindAsync(Collection, Key, () => Task.FromResult<Document?>(Read())))!.Version);
    }

    private ValueTask<Document?> FindAsync() => _cache.FindAsync(Collection, Key, () => Task.FromResult<Document?>(Read()));

    private Document Read()
    {
        _reads++;
        return new(Key, _version, _version.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private Task<int> ChangeAsync() => _cache.ChangeAsync(Collection, Key, () => Task.FromResult(_version = 2));
}
