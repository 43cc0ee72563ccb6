using StepFlow.Execution;
using StepFlow.Local.Journal;

namespace StepFlow.Local.Tests.Journal;

/// <summary>What is removed with an execution that ended long ago, and what is not.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly JournalContents _journal = new();

    public void Dispose() => _journal.Dispose();

    [Fact]
    public void Purge_AnExecution_RemovesAllThatOnlyItUsed()
    {
        Fill(1, stopTime: 50);
        Fill(2, stopTime: 150);
        Assert.Equal([2, 2, 2, 2, 4, 2, 2, 3, 2], Counts());

        Assert.Equal(1, Purge(before: 100));

        Assert.Equal([1, 1, 1, 1, 2, 1, 2, 2, 2], Counts());
        Assert.Equal("\"own 2\"", _journal.Reader.Text(JournalContents.Hash("\"own 2\"")));
        Assert.Equal("\"shared\"", _journal.Reader.Text(JournalContents.Hash("\"shared\"")));
        Assert.Null(_journal.Reader.FindExecution("arn:e:1"));
        Assert.NotNull(_journal.Reader.FindExecution("arn:e:2"));

        Assert.Equal(1, Purge(before: 200));

        // The items of tables, and the outcomes of calls to them, are not an execution's own.
        Assert.Equal([0, 0, 0, 0, 0, 0, 2, 0, 2], Counts());
    }

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 0)]
    [InlineData(101, 1)]
    public void Purge_AroundTheInstant_RemovesWhatEndedBeforeIt(long before, int removed)
    {
        Fill(1, stopTime: 100);

        Assert.Equal(removed, Purge(before));
        Assert.Equal(1 - removed, _journal.Count("executions"));
    }

    [Fact]
    public void Purge_WhatRuns_IsNotRemoved()
    {
        Fill(1, stopTime: null);

        Assert.Equal(0, Purge(before: long.MaxValue));
        Assert.Equal(1, _journal.Count("executions"));
    }

    [Fact]
    public void Purge_MoreThanTheLimit_RemovesTheOldestFirst()
    {
        Fill(1, stopTime: 30);
        Fill(2, stopTime: 10);
        Fill(3, stopTime: 20);

        Assert.Equal(2, Purge(before: 100, count: 2));
        Assert.NotNull(_journal.Reader.FindId("arn:e:1"));
        Assert.Equal(1, Purge(before: 100, count: 2));
        Assert.Equal(0, Purge(before: 100, count: 2));
        Assert.Equal(0, _journal.Count("payloads"));
    }

    private int Purge(long before, int count = 10) => _journal.Write(statements => statements.Retention.Purge(before, count));

    /// <summary>An execution with everything that one can leave in the data file.</summary>
    private void Fill(long id, long? stopTime) => _journal.Write(statements =>
    {
        string arn = $"arn:e:{id}";
        statements.InsertExecution(JournalContents.Row(id), new() { Status = stopTime is null ? ExecutionStatus.Running : ExecutionStatus.Failed, StopTime = stopTime });
        statements.AppendTurn(id, 1, [1]);
        statements.PutSnapshot(id, 1, [1]);
        statements.Activities.Enqueue("a", $"token-{id}", arn, "task", "{}"u8);
        statements.InsertPayload(id, JournalContents.Payload($"\"own {id}\""));
        statements.InsertPayload(id, JournalContents.Payload("\"shared\""));
        statements.Documents.Insert("map-runs", $"{arn} run-{id}", 1, "{}"u8);
        statements.Documents.Insert("map-run-keys", $"run-{id}", 1, "{}"u8);
        statements.Items.Put("t", $"p-{id}", "s", "{}"u8);
        statements.Items.InsertOutcome($"call-{id}", arn, 0, "{}"u8);
    });

    private long[] Counts() =>
    [
        _journal.Count("executions"), _journal.Count("turns"), _journal.Count("snapshots"), _journal.Count("activity_tasks"),
        _journal.Count("documents"), _journal.Count("documents WHERE collection='map-runs'"), _journal.Count("items"),
        _journal.Count("payloads"), _journal.Count("item_calls"),
    ];
}
