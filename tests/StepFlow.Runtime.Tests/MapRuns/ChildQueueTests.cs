using StepFlow.Language.Json;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Runtime.Tests.MapRuns;

/// <summary>The children between the reader of items and their start.</summary>
public sealed class ChildQueueTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public async Task Take_WhileOthersAreAdded_GivesEachChildOnceAndInOrder(long maxBytes)
    {
        const int Count = 200_000;
        var queue = new ChildQueue(maxBytes);
        Task adding = Task.Run(
            async () =>
            {
                for (int index = 0; index < Count; index++)
                {
                    await queue.AddAsync(Child(index), Cancelled);
                }

                queue.Complete();
            },
            Cancelled);
        int expected = 0;
        while (await queue.TakeAsync(Cancelled) is { } child)
        {
            Assert.Equal(expected++, child.Index);
        }

        await adding;
        Assert.Equal(Count, expected);
    }

    [Fact]
    public async Task Add_ToAFullQueue_WaitsForCapacityAndReportsThatItIsFull()
    {
        var queue = new ChildQueue(1);
        await queue.AddAsync(Child(0), Cancelled);
        Assert.False(queue.Filled.IsCompleted);
        Task adding = queue.AddAsync(Child(1), Cancelled).AsTask();
        await queue.Filled;
        Assert.False(adding.IsCompleted);
        Assert.Equal(0, (await queue.TakeAsync(Cancelled))!.Index);
        await adding;
        Assert.Equal(1, (await queue.TakeAsync(Cancelled))!.Index);
    }

    private static MapRunEntry Child(int index) => new(index, "c", "c", "m", JsonValue.Null, 1);
}
