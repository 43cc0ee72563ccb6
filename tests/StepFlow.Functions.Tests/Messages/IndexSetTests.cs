using StepFlow.Functions.Messages;


namespace StepFlow.Functions.Tests.Messages;

public sealed class IndexSetTests
{
    [Theory]
    [InlineData(new int[0], "")]
    [InlineData(new[] { 7 }, "7")]
    [InlineData(new[] { 0, 1, 2, 4, 9, 10 }, "0-2,4,9-10")]
    public void Write_OfIndexes_GivesRangesThatReadBack(int[] indexes, string text)
    {
        var set = new IndexSet();
        foreach (int index in indexes)
        {
            set.Add(index, 1);
        }

        Assert.Equal(text, set.Write());
        Assert.Equal(indexes, IndexSet.Read(text).All());
    }

    [Fact]
    public void Remove_OfAnIndex_TakesItOutOnce()
    {
        IndexSet set = IndexSet.Read("0-4");

        Assert.True(set.Remove(2));
        Assert.False(set.Remove(2));
        Assert.Equal(("0-1,3-4", 4), (set.Write(), set.Count));
    }

    [Theory]
    [InlineData(new int[0], "")]
    [InlineData(new[] { 1, 1, 1 }, "1*3")]
    [InlineData(new[] { 3, 3, 1, 3 }, "3*2,1*1,3*1")]
    public void ItemCounts_OfChildren_ReadBack(int[] counts, string text)
    {
        Assert.Equal(text, ItemCounts.Write(counts));
        Assert.Equal(counts, ItemCounts.Read(text));
    }
}
