using StepFlow.Service.Arns;

namespace StepFlow.Service.Tests.Arns;

/// <summary>Ids are UUIDs of version 4, each given once, on any thread.</summary>
public sealed class RandomIdsTests
{
    [Fact]
    public void Next_OnManyThreads_GivesEachOnce()
    {
        string[][] given = new string[8][];
        Parallel.For(0, given.Length, at => given[at] = [.. Enumerable.Range(0, 1000).Select(static _ => RandomIds.Next())]);
        string[] ids = [.. given.SelectMany(static ids => ids)];
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, static id => Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id));
    }
}
