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
    public async Task ChangeAsync_OfAnItem_IsFoundByItsKey(string partition, string sort)
    {
        DocumentTableStore store = await OpenAsync();
        var key = new TableKey(partition, sort);

        await PutAsync(store, key, "call-1", Item);

        Assert.Equal(Item, await store.FindAsync(Table, key, Cancelled));
        Assert.Null(await store.FindAsync("other", key, Cancelled));
    }

    [Fact]
    public async Task ChangeAsync_ManyAtOnce_LosesNoneAndRepeatsNone()
    {
        const int Calls = 60;
        DocumentTableStore store = await OpenAsync();
        var key = new TableKey("S:counter", string.Empty);
        await Parallel.ForAsync(0, Calls, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancelled }, async (n, _) => await CountAsync(n));

        // More calls than the item's document has room for: each still finds its own outcome.
        var outcomes = new List<long>();
        for (int n = 0; n < Calls; n++)
        {
            outcomes.Add(await CountAsync(n));
        }

        Assert.Equal(Enumerable.Range(1, Calls).Select(n => (long)n), outcomes.Order());
        Assert.Equal(Calls, Number((await store.FindAsync(Table, key, Cancelled))!));

        async Task<long> CountAsync(int n) => Number(await store.ChangeAsync(Table, key, Call($"call-{n}"), item =>
        {
            JsonObject next = JsonObject.Create(("n", (item is null ? 0 : Number(item)) + 1));
            return ItemChange.Put(next, next);
        }, Cancelled));
    }

    [Fact]
    public async Task ChangeAsync_Deleted_LeavesNoItemAndItsOutcome()
    {
        DocumentTableStore store = await OpenAsync();
        var key = new TableKey("S:a", string.Empty);
        await PutAsync(store, key, "1", Item);

        Assert.Equal(Item, await store.ChangeAsync(Table, key, Call("2"), item => ItemChange.Delete(item!), Cancelled));
        Assert.Null(await store.FindAsync(Table, key, Cancelled));
        Assert.Equal(0, await CountAsync(store.ListAsync(Table, null, Cancelled)));
        Assert.Equal(Item, await store.ChangeAsync(Table, key, Call("2"), _ => throw new InvalidOperationException("Applied twice."), Cancelled));
        Assert.Equal(JsonObject.Empty, await store.ChangeAsync(Table, key, Call("1"), _ => throw new InvalidOperationException("Applied twice."), Cancelled));
    }

    [Fact]
    public async Task ListAsync_OfAPartition_LeavesTheOthersOut()
    {
        const int Many = 150;
        DocumentTableStore store = await OpenAsync();
        await Parallel.ForAsync(0, Many, Cancelled, async (n, _) =>
            await PutAsync(store, new("S:a", $"N:{n}"), $"{n}", JsonObject.Create(("n", n))));
        await PutAsync(store, new("S:ab", "N:1"), "other", Item);

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

    private static TableCallId Call(string key) => new("execution", key);

    private static Task<JsonObject> PutAsync(DocumentTableStore store, TableKey key, string call, JsonObject item) =>
        store.ChangeAsync(Table, key, Call(call), _ => ItemChange.Put(item, JsonObject.Empty), Cancelled);

    private static long Number(JsonObject item) => long.Parse(item["n"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<int> CountAsync(IAsyncEnumerable<JsonObject> items) => await items.CountAsync(Cancelled);

    private async Task<DocumentTableStore> OpenAsync() => new(new BlobDocumentStore(await Containers.CreateAsync(azurite), TimeProvider.System), TimeProvider.System);
}
