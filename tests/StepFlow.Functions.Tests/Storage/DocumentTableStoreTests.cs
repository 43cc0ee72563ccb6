using StepFlow.Functions.Storage;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Integrations.Tables;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Storage;

public sealed class DocumentTableStoreTests(AzuriteFixture azurite)
{
    private const string Table = "my.table_1";

    private static readonly JsonObject Item = (JsonObject)JsonValue.Parse("""{"id":{"S":"a/b#ü"},"n":{"N":"1"}}""");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("S:a/b#ü?", "")]
    [InlineData("N:5", "S:..")]
    public async Task WriteAsync_OfAnItem_IsFoundByItsKey(string partition, string sort)
    {
        DocumentTableStore store = await OpenAsync();
        var key = new TableKey(partition, sort);

        Assert.True(await store.WriteAsync(Table, key, Item, null, "call-1", Cancelled));

        StoredItem? found = await store.FindAsync(Table, key, Cancelled);
        Assert.Equal((Item, "call-1"), (found!.Item, found.WrittenBy));
        Assert.Null(await store.FindAsync("other", key, Cancelled));
    }

    [Fact]
    public async Task WriteAndDelete_OfAnotherVersion_ChangeNothing()
    {
        DocumentTableStore store = await OpenAsync();
        var key = new TableKey("S:a", string.Empty);
        await store.WriteAsync(Table, key, Item, null, "1", Cancelled);
        string first = (await store.FindAsync(Table, key, Cancelled))!.Version;

        Assert.False(await store.WriteAsync(Table, key, Item, null, "2", Cancelled));
        Assert.True(await store.WriteAsync(Table, key, Item, first, "3", Cancelled));
        Assert.False(await store.WriteAsync(Table, key, Item, first, "4", Cancelled));
        Assert.False(await store.DeleteAsync(Table, key, first, Cancelled));
        StoredItem now = (await store.FindAsync(Table, key, Cancelled))!;
        Assert.Equal("3", now.WrittenBy);
        Assert.True(await store.DeleteAsync(Table, key, now.Version, Cancelled));
        Assert.Null(await store.FindAsync(Table, key, Cancelled));
    }

    [Fact]
    public async Task ListAsync_OfAPartition_LeavesTheOthersOut()
    {
        const int Many = 150;
        DocumentTableStore store = await OpenAsync();
        await Parallel.ForAsync(0, Many, Cancelled, async (n, token) =>
            await store.WriteAsync(Table, new("S:a", $"N:{n}"), JsonObject.Create(("n", n)), null, "1", token));
        await store.WriteAsync(Table, new("S:ab", "N:1"), Item, null, "1", Cancelled);

        Assert.Equal(Many, await CountAsync(store.ListAsync(Table, "S:a", Cancelled)));
        Assert.Equal(Many + 1, await CountAsync(store.ListAsync(Table, null, Cancelled)));
        Assert.Equal(0, await CountAsync(store.ListAsync("my", null, Cancelled)));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("https://db.example/", false)]
    public async Task App_WithAndWithoutCosmos_KeepsTablesWhereItMay(string? cosmos, bool inDocuments)
    {
        await using TestApp app = TestApp.Open(new()
        {
            ConnectionString = azurite.ConnectionString,
            Prefix = AzuriteFixture.UniqueName(),
            Settings = new Dictionary<string, string?> { ["StepFlow:Cosmos:Endpoint"] = cosmos },
        });

        Assert.Equal(inDocuments, app.Get<ITableStore>() is DocumentTableStore);
    }

    private static async Task<int> CountAsync(IAsyncEnumerable<StoredItem> items) => await items.CountAsync(Cancelled);

    private async Task<DocumentTableStore> OpenAsync() => new(new BlobDocumentStore(await Containers.CreateAsync(azurite)));
}
