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
        var records = new ExecutionRecords(await Containers.CreateAsync(azurite));

        bool[] claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            i => records.TryCreateAsync(Arn, JsonObject.Create(("by", $"{i}")), Cancelled)));

        Assert.Single(claims, claimed => claimed);
        Assert.Equal($"{{\"by\":\"{Array.IndexOf(claims, true)}\"}}", (await records.FindAsync(Arn, Cancelled))?.Record.ToString());
    }

    [Fact]
    public async Task ChangeAsync_ByManyAtATime_LosesNoChange()
    {
        var records = new ExecutionRecords(await Containers.CreateAsync(azurite));
        await records.TryCreateAsync(Arn, JsonObject.Create(("marks", "")), Cancelled);

        await Task.WhenAll("abcdefgh".Select(
            mark => records.ChangeAsync(Arn, record => JsonObject.Create(("marks", ((JsonString)record["marks"]!).Value + mark)), Cancelled)));

        var marks = (JsonString)(await records.FindAsync(Arn, Cancelled))!.Value.Record["marks"]!;
        Assert.Equal("abcdefgh", string.Concat(marks.Value.Order()));
    }

    [Fact]
    public async Task ChangeAsync_ThatChangesNothing_KeepsTheVersion()
    {
        var records = new ExecutionRecords(await Containers.CreateAsync(azurite));
        await records.TryCreateAsync(Arn, JsonObject.Empty, Cancelled);
        Azure.ETag before = (await records.FindAsync(Arn, Cancelled))!.Value.ETag;

        Assert.NotNull(await records.ChangeAsync(Arn, record => record, Cancelled));

        Assert.Equal(before, (await records.FindAsync(Arn, Cancelled))!.Value.ETag);
    }

    [Fact]
    public async Task ChangeAsync_OfNoRecord_IsNull()
    {
        var records = new ExecutionRecords(await Containers.CreateAsync(azurite));

        Assert.Null(await records.ChangeAsync(Arn, _ => JsonObject.Empty, Cancelled));
        Assert.Null(await records.FindAsync(Arn, Cancelled));
    }
}
