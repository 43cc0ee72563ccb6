using Azure.Storage.Blobs;
using StepFlow.Functions.Storage;
using StepFlow.Hosting.Compliance;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Tests.Storage;

public sealed class BlobDocumentStoreTests(AzuriteFixture azurite)
{
    private const string Collection = "things";
    private static readonly JsonObject First = JsonObject.Create(("n", "first"));
    private static readonly JsonObject Second = JsonObject.Create(("n", "second"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteAsync_WithoutAVersion_CreatesOnlyWhatIsAbsent()
    {
        BlobDocumentStore store = await OpenAsync();

        string? version = await store.WriteAsync(Collection, "a", First, null, Cancelled);
        string? again = await store.WriteAsync(Collection, "a", Second, null, Cancelled);

        Assert.NotNull(version);
        Assert.Null(again);
        Document? found = await store.FindAsync(Collection, "a", Cancelled);
        Assert.Equal((First.ToString(), version), (found?.Value.ToString(), found?.Version));
    }

    [Fact]
    public async Task WriteAsync_OfAnOldVersion_ChangesNothing()
    {
        BlobDocumentStore store = await OpenAsync();
        string first = (await store.WriteAsync(Collection, "a", First, null, Cancelled))!;
        string? second = await store.WriteAsync(Collection, "a", Second, first, Cancelled);

        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        Assert.Null(await store.WriteAsync(Collection, "a", First, first, Cancelled));
        Assert.Equal(Second.ToString(), (await store.FindAsync(Collection, "a", Cancelled))?.Value.ToString());
    }

    [Fact]
    public async Task WriteAsync_OfAVersionThatWasDeleted_WritesNothing()
    {
        BlobDocumentStore store = await OpenAsync();
        string version = (await store.WriteAsync(Collection, "a", First, null, Cancelled))!;
        Assert.True(await store.DeleteAsync(Collection, "a", version, Cancelled));

        Assert.Null(await store.WriteAsync(Collection, "a", Second, version, Cancelled));
        Assert.Null(await store.FindAsync(Collection, "a", Cancelled));
    }

    [Fact]
    public async Task DeleteAsync_OfAnOldVersion_KeepsTheDocument()
    {
        BlobDocumentStore store = await OpenAsync();
        string first = (await store.WriteAsync(Collection, "a", First, null, Cancelled))!;
        string second = (await store.WriteAsync(Collection, "a", Second, first, Cancelled))!;

        Assert.False(await store.DeleteAsync(Collection, "a", first, Cancelled));
        Assert.NotNull(await store.FindAsync(Collection, "a", Cancelled));
        Assert.True(await store.DeleteAsync(Collection, "a", second, Cancelled));
        Assert.False(await store.DeleteAsync(Collection, "a", second, Cancelled));
    }

    [Fact]
    public async Task ListAsync_OfAPrefix_IsOrdinalAndOfItsCollectionOnly()
    {
        BlobDocumentStore store = await OpenAsync();
        foreach (string key in new[] { "p-b", "p-B", "p-_", "p-a:1", "p-a", "q-a", "p-a/x" })
        {
            await store.WriteAsync(Collection, key, First, null, Cancelled);
        }

        await store.WriteAsync("others", "p-c", First, null, Cancelled);

        IReadOnlyList<Document> all = await store.ListAsync(Collection, "p-", null, 100, Cancelled);
        Assert.Equal(["p-B", "p-_", "p-a", "p-a/x", "p-a:1", "p-b"], all.Select(d => d.Key));
        IReadOnlyList<Document> page = await store.ListAsync(Collection, "p-", "p-_", 2, Cancelled);
        Assert.Equal(["p-a", "p-a/x"], page.Select(d => d.Key));
        Assert.Empty(await store.ListAsync(Collection, "p-", "p-b", 2, Cancelled));
    }

    [Fact]
    public async Task FindRecentAsync_AfterAChange_SeesItsOwnAtOnceAndOthersSoon()
    {
        BlobContainerClient container = await Containers.CreateAsync(azurite);
        var clock = new ManualClock();
        var store = new BlobDocumentStore(container, clock);
        var other = new BlobDocumentStore(container, clock);
        string version = (await store.WriteAsync(Collection, "a", First, null, Cancelled))!;
        Assert.Equal(First.ToString(), await RecentAsync(store));

        version = (await other.WriteAsync(Collection, "a", Second, version, Cancelled))!;
        Assert.Equal((First.ToString(), Second.ToString()), (await RecentAsync(store), (await store.FindAsync(Collection, "a", Cancelled))!.Value.ToString()));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Second.ToString(), await RecentAsync(store));

        version = (await store.WriteAsync(Collection, "a", First, version, Cancelled))!;
        Assert.Equal(First.ToString(), await RecentAsync(store));
        await store.DeleteAsync(Collection, "a", version, Cancelled);
        Assert.Null(await RecentAsync(store));
    }

    [Fact]
    public async Task FindRecentAsync_OfWhatWasAbsent_FindsItOnceItIsThere()
    {
        BlobContainerClient container = await Containers.CreateAsync(azurite);
        var clock = new ManualClock();
        var store = new BlobDocumentStore(container, clock);
        Assert.Null(await RecentAsync(store));
        await new BlobDocumentStore(container, clock).WriteAsync(Collection, "a", First, null, Cancelled);
        Assert.Equal(First.ToString(), await RecentAsync(store));
    }

    private static async Task<string?> RecentAsync(BlobDocumentStore store) => (await store.FindRecentAsync(Collection, "a", Cancelled))?.Value.ToString();

    private async Task<BlobDocumentStore> OpenAsync() => new(await Containers.CreateAsync(azurite), TimeProvider.System);
}
