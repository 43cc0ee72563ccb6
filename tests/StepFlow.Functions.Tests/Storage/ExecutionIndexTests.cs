using StepFlow.Execution;
using StepFlow.Functions.Storage;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Tests.Storage;

public sealed class ExecutionIndexTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListAsync_OfAMachine_IsNewestFirstInPages()
    {
        var index = new ExecutionIndex(await Containers.CreateAsync(azurite));
        foreach ((string name, int minute) in new[] { ("a", 2), ("c", 1), ("b", 3), ("d", 3), ("e", 0) })
        {
            await AddAsync(index, Start("M", name, minute));
        }

        await AddAsync(index, Start("M2", "other", 5));

        var pages = new List<string>();
        string? after = null;
        do
        {
            (IReadOnlyList<IndexEntry> entries, after) = await index.ListAsync(new() { StateMachineArn = MachineArn("M") }, after, 2, Cancelled);
            pages.Add(string.Concat(entries.Select(entry => entry.ExecutionArn[^1])));
        }
        while (after is not null);

        // Of the same instant, the one that was started last is the newest.
        Assert.Equal(["db", "ac", "e"], pages);
    }

    [Fact]
    public async Task AddAsync_Again_ListsItOnceWithItsStartAndQualifier()
    {
        var index = new ExecutionIndex(await Containers.CreateAsync(azurite));
        ExecutionStart start = Start("M", "a", 7) with { StateMachineVersionArn = MachineArn("M") + ":1" };
        string key = ExecutionIndex.Key(start);
        await index.AddAsync(key, start, null, Cancelled);
        await index.AddAsync(key, start, null, Cancelled);

        (IReadOnlyList<IndexEntry> entries, _) = await index.ListAsync(new(), null, 10, Cancelled);

        IndexEntry entry = Assert.Single(entries);
        Assert.Equal((start.ExecutionArn, start.StartTime, start.StateMachineVersionArn), (entry.ExecutionArn, entry.StartTime, entry.Qualifier));
        Assert.True(entry.Matches(new() { QualifiedArn = start.StateMachineVersionArn }));
        Assert.False(entry.Matches(new() { QualifiedArn = MachineArn("M") + ":2" }));
    }

    [Fact]
    public async Task RemoveAsync_OfAChild_TakesItFromItsParentToo()
    {
        var index = new ExecutionIndex(await Containers.CreateAsync(azurite));
        const string parent = "arn:aws:states:us-east-1:123456789012:execution:P:p";
        ExecutionStart start = Start("M", "a", 0);
        string key = ExecutionIndex.Key(start);
        await index.AddAsync(key, start, parent, Cancelled);
        Assert.Equal([start.ExecutionArn], await index.ChildrenAsync(parent, Cancelled));

        await index.RemoveAsync(key, start.ExecutionArn, parent, Cancelled);

        Assert.Empty(await index.ChildrenAsync(parent, Cancelled));
        Assert.Empty((await index.ListAsync(new(), null, 10, Cancelled)).Entries);
    }

    private static string MachineArn(string machine) => "arn:aws:states:us-east-1:123456789012:stateMachine:" + machine;

    private static Task AddAsync(ExecutionIndex index, ExecutionStart start) =>
        index.AddAsync(ExecutionIndex.Key(start), start, null, Cancelled);

    private static ExecutionStart Start(string machine, string name, int minute) => new()
    {
        ExecutionArn = $"arn:aws:states:us-east-1:123456789012:execution:{machine}:{name}",
        Name = name,
        StateMachineArn = MachineArn(machine),
        StateMachineName = machine,
        RoleArn = "arn:aws:iam::123456789012:role/r",
        Input = JsonObject.Empty,
        StartTime = Noon.AddMinutes(minute),
    };
}
