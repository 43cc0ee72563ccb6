using StepFlow.Local.Engine;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Tests.Engine;

/// <summary>Documents are read once, and never older than the last change that ended.</summary>
public sealed class DocumentCacheTests : IDisposable
{
    private const string Collection = "state-machines";
    private const string Key = "m";

    private readonly DocumentCache _cache = new();
    private int _version = 1;
    private int _reads;

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void Find_Again_IsNotRead()
    {
        Assert.Equal("1", Find()!.Version);
        Assert.Same(Find(), Find());
        Assert.Equal(1, _reads);
    }

    [Fact]
    public void Find_OfNothing_IsReadAgain()
    {
        Assert.Null(_cache.Find(Collection, Key, () => null));
        Assert.Equal("1", Find()!.Version);
    }

    [Fact]
    public async Task Find_AfterAChange_IsRead()
    {
        Find();
        await ChangeAsync();
        Assert.Equal("2", Find()!.Version);
        Assert.Equal("2", Find()!.Version);
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task Find_AfterAChangeThatFailed_IsRead()
    {
        Find();
        await Assert.ThrowsAsync<IOException>(() => _cache.ChangeAsync<bool>(Collection, Key, () => throw new IOException()));
        _version = 2;
        Assert.Equal("2", Find()!.Version);
    }

    [Fact]
    public async Task Find_WhileItIsChanged_IsNotCached()
    {
        Find();
        var committed = new TaskCompletionSource<bool>();
        Task<bool> change = _cache.ChangeAsync(Collection, Key, () => committed.Task);
        Assert.Equal("1", Find()!.Version);
        _version = 2;
        Assert.Equal("2", Find()!.Version);
        committed.SetResult(true);
        await change;
        Assert.Equal("2", Find()!.Version);
    }

    /// <summary>What was read before a change, by a slow reader, does not reappear after it.</summary>
    [Fact]
    public async Task Find_BegunBeforeAChangeAndEndedAfterIt_IsNotCached()
    {
        using var read = new SemaphoreSlim(0);
        using var changed = new SemaphoreSlim(0);
        Task<Document?> slow = Task.Run(() => _cache.Find(Collection, Key, () =>
        {
            Document old = Read();
            read.Release();
            changed.Wait(TestContext.Current.CancellationToken);
            return old;
        }));
        await read.WaitAsync(TestContext.Current.CancellationToken);
        await ChangeAsync();
        changed.Release();
        Assert.Equal("1", (await slow)!.Version);
        Assert.Equal("2", Find()!.Version);
    }

    [Fact]
    public async Task Find_AfterAChangeOfAnother_IsNotRead()
    {
        Find();
        await _cache.ChangeAsync(Collection, "other", () => Task.FromResult(true));
        Find();
        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task Find_AfterAChangeOfAny_IsRead()
    {
        Find();
        await _cache.ChangeAnyAsync(() => Task.FromResult(_version = 2));
        Assert.Equal("2", Find()!.Version);
    }

    private Document? Find() => _cache.Find(Collection, Key, Read);

    private Document Read()
    {
        _reads++;
        return new(Key, _version, _version.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private Task<int> ChangeAsync() => _cache.ChangeAsync(Collection, Key, () => Task.FromResult(_version = 2));
}
