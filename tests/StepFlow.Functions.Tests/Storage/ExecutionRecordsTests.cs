using Azure.Storage.Blobs;
using StepFlow.Functions.Storage;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Storage;

public sealed class ExecutionRecordsTests(AzuriteFixture azurite)
{
    private const string Arn = "arn:aws:states:us-east-1:123456789012:execution:M:e";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryCreateAsync_ByTenAtATime_ClaimsOnce()
    {
        using var records = new ExecutionRecords(await Containers.CreateAsync(azurite));

        bool[] claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            i => records.TryCreateAsync(Arn, Record("by", $"{i}"), Cancelled)));

        Assert.Single(claims, claimed => claimed);
        Assert.Equal($"{Array.IndexOf(claims, true)}", (((await records.FindAsync(Arn, Cancelled))?.Record["by"]) as JsonString)?.Value);
    }

    [Fact]
    public async Task ChangeAsync_ByManyAtATime_LosesNoChange()
    {
        using var records = new ExecutionRecords(await Containers.CreateAsync(azurite));
        await records.TryCreateAsync(Arn, Record("marks", ""), Cancelled);

        await Task.WhenAll("abcdefgh".Select(
            mark => records.ChangeAsync(Arn, record => record.With("marks", ((JsonString)record["marks"]!).Value + mark), Cancelled)));

        var marks = (JsonString)(await records.FindAsync(Arn, Cancelled))!.Value.Record["marks"]!;
        Assert.Equal("abcdefgh", string.Concat(marks.Value.Order()));
    }

    [Fact]
    public async Task ChangeAsync_ThatChangesNothing_KeepsTheVersion()
    {
        using var records = new ExecutionRecords(await Containers.CreateAsync(azurite));
        await records.TryCreateAsync(Arn, Record("marks", ""), Cancelled);
        Azure.ETag before = (await records.FindAsync(Arn, Cancelled))!.Value.ETag;

        Assert.NotNull(await records.ChangeAsync(Arn, record => record, Cancelled));

        Assert.Equal(before, (await records.FindAsync(Arn, Cancelled))!.Value.ETag);
    }

    [Fact]
    public async Task ChangeAsync_OfNoRecord_IsNull()
    {
        using var records = new ExecutionRecords(await Containers.CreateAsync(azurite));

        Assert.Null(await records.ChangeAsync(Arn, _ => JsonObject.Empty, Cancelled));
        Assert.Null(await records.FindAsync(Arn, Cancelled));
    }

    [Fact]
    public async Task ChangeAsync_OfWhatAnotherProcessHasChanged_ChangesWhatIsThere()
    {
        BlobContainerClient container = await Containers.CreateAsync(azurite);
        using var here = new ExecutionRecords(container);
        using var there = new ExecutionRecords(container);
        await here.TryCreateAsync(Arn, Record("marks", ""), Cancelled);
        await there.ChangeAsync(Arn, static record => record.With("marks", "a"), Cancelled);

        JsonObject? changed = await here.ChangeAsync(Arn, static record => record.With("marks", ((JsonString)record["marks"]!).Value + "b"), Cancelled);

        Assert.Equal("ab", changed!["marks"]);
        Assert.Equal("ab", (await there.FindAsync(Arn, Cancelled))!.Value.Record["marks"]);
    }

    [Fact]
    public async Task RunningAsync_OfSomeRecords_NamesThoseThatHaveNotEnded()
    {
        using var records = new ExecutionRecords(await Containers.CreateAsync(azurite));
        await records.TryCreateAsync(Arn + "1", Record("marks", ""), Cancelled);
        await records.TryCreateAsync(Arn + "2", Record("marks", ""), Cancelled);
        await records.ChangeAsync(Arn + "2", static record => record.With("status", "Succeeded"), Cancelled);

        Assert.Equal([(Arn + "1", "instance")], await records.RunningAsync(Cancelled).ToListAsync(Cancelled));
        await records.ChangeAsync(Arn + "2", static record => record.With("status", "Running").With("instance", "again"), Cancelled);
        Assert.Equal([(Arn + "1", "instance"), (Arn + "2", "again")], await records.RunningAsync(Cancelled).ToListAsync(Cancelled));
    }

    private static JsonObject Record(string name, string value) => JsonObject.Create(("status", "Running"), ("instance", "instance"), (name, value));
}
