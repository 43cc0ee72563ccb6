using System.Text;
using StepFlow.Local.Journal;

namespace StepFlow.Local.Tests.Journal;

/// <summary>An activity's tasks: each is given to one worker, the oldest first, and never twice once it started.</summary>
public sealed class ActivityStatementsTests : IDisposable
{
    private readonly JournalContents _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public void Take_SeveralWait_GivesTheOldestOfItsActivity()
    {
        Assert.True(Enqueue("a", "1"));
        Assert.True(Enqueue("b", "2"));
        Assert.True(Enqueue("a", "3"));
        Assert.False(Enqueue("a", "1"));

        Assert.Equal("1 e-1 t-1 i-1", Take("a"));
        Assert.Equal("3 e-3 t-3 i-3", Take("a"));
        Assert.Null(Take("a"));
        Assert.Equal("2 e-2 t-2 i-2", Take("b"));
        Assert.Null(Take("none"));
    }

    [Fact]
    public void Return_ATaskThatDidNotStart_GivesItOutAgain()
    {
        Enqueue("a", "1");
        Assert.False(Return("1"));
        Take("a");
        Assert.True(Return("1"));
        Assert.False(Return("1"));
        Assert.NotNull(Take("a"));
    }

    [Fact]
    public void Start_ATask_NeverGivesItOutAgain()
    {
        Enqueue("a", "1");
        Take("a");
        _journal.Write(statements => statements.Activities.Start("1"));

        Assert.False(Return("1"));
        Assert.False(Remove("a", "1"));
        Assert.False(Enqueue("a", "1"));
        ActivityStatements.ReturnAll(_journal.File.Writer);
        Assert.Null(Take("a"));
    }

    [Fact]
    public void ReturnAll_WhenTheFileIsOpened_GivesBackWhatWasTaken()
    {
        Enqueue("a", "1");
        Take("a");
        ActivityStatements.ReturnAll(_journal.File.Writer);

        Assert.NotNull(Take("a"));
    }

    [Fact]
    public void Remove_ATask_OnlyWhileItWaitsInItsActivity()
    {
        Enqueue("a", "1");
        Enqueue("a", "2");
        Assert.False(Remove("b", "1"));
        Assert.True(Remove("a", "1"));
        Assert.False(Remove("a", "1"));
        Assert.StartsWith("2", Take("a"), StringComparison.Ordinal);
        Assert.False(Remove("a", "2"));
    }

    private bool Enqueue(string activity, string token) => _journal.Write(
        statements => statements.Activities.Enqueue(activity, token, "e-" + token, "t-" + token, Encoding.UTF8.GetBytes("i-" + token)));

    private string? Take(string activity) => _journal.Write(
        statements => statements.Activities.Take(activity) is var (token, execution, task, input) ? $"{token} {execution} {task} {Encoding.UTF8.GetString(input)}" : null);

    private bool Return(string token) => _journal.Write(statements => statements.Activities.Return(token));

    private bool Remove(string activity, string token) => _journal.Write(statements => statements.Activities.Remove(activity, token));
}
