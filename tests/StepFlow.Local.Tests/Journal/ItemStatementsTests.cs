using System.Text;
using StepFlow.Execution;

namespace StepFlow.Local.Tests.Journal;

/// <summary>Items of tables, and the outcomes of calls, which are stored as long as the calls can be repeated.</summary>
public sealed class ItemStatementsTests : IDisposable
{
    private readonly JournalContents _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public void Items_PutReplacedAndDeleted_ByTheirWholeKey()
    {
        Put("t", "p", "1", "a");
        Put("t", "p", "2", "b");
        Put("t", "q", "1", "c");
        Put("u", "p", "1", "d");
        Put("t", "p", "1", "A");

        Assert.Equal("A", Find("t", "p", "1"));
        Assert.Equal(["A", "b", "c"], Texts(_journal.Reader.ListItems("t", null)));
        Assert.Equal(["A", "b"], Texts(_journal.Reader.ListItems("t", "p")));
        _journal.Write(statements => statements.Items.Delete("t", "p", "1"));
        Assert.Null(Find("t", "p", "1"));
        Assert.Equal(("b", "c", "d"), (Find("t", "p", "2"), Find("t", "q", "1"), Find("u", "p", "1")));
        Assert.Equal("b", Encoding.UTF8.GetString(_journal.Write(statements => statements.Items.Find("t", "p", "2"))!));
        Assert.Null(_journal.Write(statements => statements.Items.Find("t", "p", "1")));
    }

    [Fact]
    public void ForgetOutcomes_OfCallsThatNobodyRepeats_PartByPart()
    {
        _journal.Insert(1);
        _journal.Insert(2, new() { Status = ExecutionStatus.Succeeded, StopTime = 1 });
        Keep("1", "arn:e:2", 10);
        Keep("2", "arn:e:1", 20);
        Keep("3", "gone", 30);
        Keep("4", "arn:e:2", 100);
        Keep("5", "arn:e:2", 40);

        Assert.Equal(2, Forget(before: 100, after: 0, count: 2));
        Assert.Equal(["2", "3", "4", "5"], Stored());
        Assert.Null(Forget(before: 100, after: 2, count: 2));
        Assert.Equal(["2", "4", "5"], Stored());
        Assert.Null(Forget(before: 101, after: 0, count: 10));
        Assert.Equal(["2"], Stored());
        Assert.Equal("o-2", Encoding.UTF8.GetString(_journal.Write(statements => statements.Items.FindOutcome("2"))!));
        Assert.Null(_journal.Write(statements => statements.Items.FindOutcome("1")));
    }

    [Fact]
    public void ForgetOutcomes_ExactlyTheLimit_ReadsFurther()
    {
        Keep("1", "gone", 10);

        Assert.Equal(1, Forget(before: 100, after: 0, count: 1));
        Assert.Null(Forget(before: 100, after: 1, count: 1));
        Assert.Empty(Stored());
    }

    private static string[] Texts(IReadOnlyList<byte[]> items) => [.. items.Select(Encoding.UTF8.GetString)];

    private void Put(string table, string partition, string sort, string item) =>
        _journal.Write(statements => statements.Items.Put(table, partition, sort, Encoding.UTF8.GetBytes(item)));

    private string? Find(string table, string partition, string sort) =>
        _journal.Reader.FindItem(table, partition, sort) is { } item ? Encoding.UTF8.GetString(item) : null;

    private void Keep(string call, string execution, long time) =>
        _journal.Write(statements => statements.Items.InsertOutcome(call, execution, time, Encoding.UTF8.GetBytes("o-" + call)));

    private long? Forget(long before, long after, int count) => _journal.Write(statements => statements.Items.DeleteOutcomes(before, after, count));

    private string[] Stored() => [.. ((string[])["1", "2", "3", "4", "5"]).Where(call => _journal.Write(statements => statements.Items.FindOutcome(call)) is not null)];
}
