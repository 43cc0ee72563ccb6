using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tables;
using StepFlow.Language.Json;
using StepFlow.Local.Engine;
using StepFlow.Local.Journal;

namespace StepFlow.Local.Tests.Engine;

/// <summary>The items of tables in a data folder.</summary>
public class TableStoreTests
{
    private static readonly TableKey Key = new("S:counter", string.Empty);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_PutAndDeleted_IsFoundAndListed()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        LocalTableStore tables = fixture.Local.Tables;
        JsonObject item = JsonObject.Create(("id", "a"));
        await tables.ChangeAsync("t", new("S:a", "N:1"), Call("1"), _ => ItemChange.Put(item, item), Cancellation);
        await tables.ChangeAsync("t", new("S:b", "N:1"), Call("2"), _ => ItemChange.Put(item, item), Cancellation);
        Assert.Equal(item, await tables.FindAsync("t", new("S:a", "N:1"), Cancellation));
        Assert.Equal((2, 1, 0), (await CountAsync(tables, "t", null), await CountAsync(tables, "t", "S:a"), await CountAsync(tables, "other", null)));

        await tables.ChangeAsync("t", new("S:a", "N:1"), Call("3"), found => ItemChange.Delete(found!), Cancellation);
        Assert.Null(await tables.FindAsync("t", new("S:a", "N:1"), Cancellation));
    }

    [Fact]
    public async Task Change_ManyClientsOnOneItem_LosesNoneAndRefusesNone()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            for (int n = 0; n < 20; n++)
            {
                await AddAsync(fixture.Local.Tables, $"{client}-{n}");
            }
        })));

        Assert.Equal(320, Number((await fixture.Local.Tables.FindAsync("t", Key, Cancellation))!));
    }

    [Fact]
    public async Task ChangeTogether_ManyClients_KeepTheSum()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        ItemLocation[] locations = [new("a", Key), new("b", Key)];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            for (int n = 0; n < 10; n++)
            {
                await fixture.Local.Tables.ChangeTogetherAsync(locations, Call($"{client}-{n}"), found => new(
                    [ItemChange.Put(Item(found[0], 1), Item(found[0], 1)), ItemChange.Put(Item(found[1], -1), Item(found[1], -1))], JsonObject.Empty), Cancellation);
            }
        })));

        Assert.Equal((80, -80), (Number((await fixture.Local.Tables.FindAsync("a", Key, Cancellation))!), Number((await fixture.Local.Tables.FindAsync("b", Key, Cancellation))!)));

        static JsonObject Item(JsonObject? found, int more) => JsonObject.Create(("n", (found is null ? 0 : Number(found)) + more));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Change_CrashAtItsCommit_AppliesOnceThoughOthersWroteBetween(bool before)
    {
        await using var fixture = new LocalHostFixture();
        var probe = new CommitProbe(2, before);
        fixture.Open(probe);
        await AddAsync(fixture.Local.Tables, "earlier");
        Task<long> lost = AddAsync(fixture.Local.Tables, "mine");
        await probe.Struck.Task.WaitAsync(Cancellation);
        await fixture.RestartAsync();
        Assert.False(lost.IsCompleted);
        await AddAsync(fixture.Local.Tables, "others");

        long repeated = await AddAsync(fixture.Local.Tables, "mine");

        Assert.Equal(before ? 3 : 2, repeated);
        Assert.Equal(3, Number((await fixture.Local.Tables.FindAsync("t", Key, Cancellation))!));
    }

    [Fact]
    public async Task ForgetTableCalls_ExecutionRunsOrCallIsNew_KeepsItsOutcome()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "running", """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":864000,"End":true}}}"""), Cancellation);
        await AddAsync(fixture.Local.Tables, "of-running", Requests.Arn("running"));
        await AddAsync(fixture.Local.Tables, "of-ended", Requests.Arn("ended"));
        fixture.Clock.Advance(TimeSpan.FromHours(2));
        await AddAsync(fixture.Local.Tables, "new", Requests.Arn("ended"));

        await fixture.Local.DeleteTableCallsAsync(Cancellation);

        Assert.Equal(1, await AddAsync(fixture.Local.Tables, "of-running"));
        Assert.Equal(3, await AddAsync(fixture.Local.Tables, "new"));
        Assert.Equal(4, await AddAsync(fixture.Local.Tables, "of-ended"));
    }

    [Fact]
    public async Task ForgetOutcomes_MoreThanOnePart_ContinuesWhereThePartBeforeEnded()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        for (int n = 0; n < 5; n++)
        {
            await AddAsync(fixture.Local.Tables, $"{n}");
        }

        await fixture.CloseAsync();
        using JournalFile file = JournalFile.Open(new() { Folder = fixture.Folder });
        using var statements = new JournalStatements(file.Writer);
        Assert.Equal(2, statements.Items.DeleteOutcomes(long.MaxValue, 0, 2));
        Assert.Equal(4, statements.Items.DeleteOutcomes(long.MaxValue, 2, 2));
        Assert.Null(statements.Items.DeleteOutcomes(long.MaxValue, 4, 2));
        Assert.Equal(0, JournalSchema.Scalar(file.Writer, "SELECT count(*) FROM item_calls"));
    }

    private static TableCallId Call(string key, string execution = "execution") => new(execution, key);

    /// <summary>Adds one; gives the new number.</summary>
    private static async Task<long> AddAsync(LocalTableStore tables, string call, string execution = "execution") =>
        Number(await tables.ChangeAsync("t", Key, Call(call, execution), item =>
        {
            JsonObject next = JsonObject.Create(("n", (item is null ? 0 : Number(item)) + 1));
            return ItemChange.Put(next, next);
        }, Cancellation));

    private static long Number(JsonObject item) => ((JsonNumber)item["n"]!).TryGetInt64(out long number) ? number : -1;

    private static async Task<int> CountAsync(LocalTableStore tables, string table, string? partition) =>
        await tables.ListAsync(table, partition, Cancellation).CountAsync(Cancellation);
}
