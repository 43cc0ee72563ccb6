using StepFlow.Execution;
using StepFlow.Language.Json;
using StepFlow.Local.Failures;
using StepFlow.Local.Journal;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Journal;

/// <summary>What was written is read as it was, in order, and within the bounds that were asked for.</summary>
public sealed class JournalReaderTests : IDisposable
{
    private readonly JournalContents _journal = new();

    private JournalReader Reader => _journal.Reader;

    public void Dispose() => _journal.Dispose();

    [Fact]
    public void FindExecution_EveryColumn_IsAsWritten()
    {
        var row = new ExecutionRow
        {
            Id = 7,
            Arn = "arn:e:7",
            Machine = "m",
            Version = "m:1",
            Alias = "m:live",
            MapRun = "run",
            Parent = "parent",
            TestCase = "case",
            Definition = 3,
            StartTime = 1000,
            ItemIndex = 5,
            Start = [1, 2, 3],
        };
        var progress = new ExecutionProgress
        {
            Status = ExecutionStatus.Failed,
            Wake = 11,
            StopTime = 12,
            Output = [4, 5],
            Error = "E",
            Cause = "C",
            RedriveCount = 2,
            RedriveTime = 13,
        };
        _journal.Write(statements => statements.InsertExecution(row, new()));
        _journal.Write(statements => statements.UpdateExecution(7, progress));

        StoredExecution found = Reader.FindExecution("arn:e:7")!;

        // The index of an item is in lists only.
        Assert.Equal(row with { ItemIndex = null, Start = found.Row.Start }, found.Row);
        Assert.Equal(row.Start, found.Row.Start);
        Assert.Equal(progress with { Output = found.Progress.Output }, found.Progress);
        Assert.Equal(progress.Output, found.Progress.Output);
        Assert.Equal((7L, "arn:e:7"), (Reader.FindId("arn:e:7"), Reader.FindArn(7)));
        ExecutionSummary listed = Assert.Single(Reader.List(new(new()))).Execution;
        Assert.Equal(
            new()
            {
                ExecutionArn = "arn:e:7",
                Name = "7",
                StateMachineArn = "m",
                StateMachineVersionArn = "m:1",
                StateMachineAliasArn = "m:live",
                MapRunArn = "run",
                Status = ExecutionStatus.Failed,
                StartTime = DateTimeOffset.UnixEpoch.AddSeconds(1),
                StopTime = DateTimeOffset.UnixEpoch.AddMilliseconds(12),
                RedriveCount = 2,
                RedriveTime = DateTimeOffset.UnixEpoch.AddMilliseconds(13),
                ItemIndex = 5,
            },
            listed);
    }

    [Fact]
    public void FindExecution_NothingOptional_IsNull()
    {
        _journal.Insert(1);
        StoredExecution found = Reader.FindExecution("arn:e:1")!;

        Assert.Equal(JournalContents.Row(1) with { Start = found.Row.Start }, found.Row);
        Assert.Equal(new ExecutionProgress(), found.Progress);
        Assert.Null(Reader.FindExecution("arn:e:2"));
        Assert.Null(Reader.FindId("arn:e:2"));
        Assert.Null(Reader.FindArn(2));
    }

    [Theory]
    [InlineData("UPDATE executions SET start=x'09'", "the start of arn:e:1")]
    [InlineData("UPDATE turns SET data=x'09'", "a turn of execution 1")]
    [InlineData("UPDATE snapshots SET data=x'09'", "the snapshot of execution 1")]
    [InlineData("UPDATE payloads SET data=x'09'", "a payload")]
    public void Read_DamagedRecord_ReportsWhichOne(string damage, string what)
    {
        _journal.Insert(1);
        _journal.Write(statements =>
        {
            statements.AppendTurn(1, 1, [1]);
            statements.PutSnapshot(1, 1, [1]);
            statements.InsertPayload(1, JournalContents.Payload("1"));
        });
        ReadAll();
        _journal.Execute(damage);
        var damaged = Assert.Throws<JournalException>(ReadAll);

        Assert.Equal(
            (JournalProblem.Corrupt, $"In the data file, {what} is damaged: its checksum has changed since it was written. 'stepflow doctor' lists all damage."),
            (damaged.Problem, damaged.Message));

        void ReadAll()
        {
            Reader.FindExecution("arn:e:1");
            Assert.Single(Reader.Turns(1, 0));
            Reader.FindSnapshot(1);
            Reader.Value(JournalContents.Hash("1"));
        }
    }

    /// <summary>Rows of older versions have no checksum.</summary>
    [Fact]
    public void Read_RecordWithoutAChecksum_IsRead()
    {
        _journal.Insert(1);
        _journal.Write(statements => statements.AppendTurn(1, 1, [7]));
        _journal.Execute("UPDATE turns SET crc=NULL; UPDATE executions SET start_crc=NULL");

        Assert.Equal([7], Assert.Single(Reader.Turns(1, 0)));
        Assert.NotNull(Reader.FindExecution("arn:e:1"));
    }

    [Fact]
    public void Payload_ThatIsMissing_IsReported()
    {
        _journal.Write(statements => statements.InsertPayload(1, JournalContents.Payload("[1]")));

        Assert.Equal(JsonValue.Parse("[1]"), Reader.Value(JournalContents.Hash("[1]")));
        Assert.Equal("The data file lacks a payload that an execution refers to.", Assert.Throws<JournalException>(() => Reader.Text(JournalContents.Hash("2"))).Message);
        Assert.Equal("The data file lacks a definition that an execution runs on.", Assert.Throws<JournalException>(() => Reader.Definition(1)).Message);
    }

    /// <summary>A payload is written once; where only its hash is at hand, its text is made only when it is not there.</summary>
    [Fact]
    public void KeepPayload_AgainWithoutItsText_MakesItOnlyWhereItIsMissing()
    {
        int made = 0;
        byte[] Make()
        {
            made++;
            return "[1]"u8.ToArray();
        }

        for (int execution = 1; execution <= 3; execution++)
        {
            _journal.Write(statements => statements.InsertPayload(execution, new(JournalContents.Hash("[1]"), null, Make)));
            _journal.Write(statements => statements.InsertPayload(execution, new(JournalContents.Hash("[1]"), null, Make)));
        }

        Assert.Equal((1, 1L, 3L), (made, _journal.Count("payloads"), _journal.Count("payload_uses")));
    }

    [Fact]
    public void Definition_ByNumberAndHash_IsFound()
    {
        Assert.Equal(0, Reader.LastDefinition());
        _journal.Write(statements =>
        {
            statements.InsertDefinition(4, JournalContents.Hash("d"), "d"u8);
            statements.InsertDefinition(5, JournalContents.Hash("d"), "d"u8);
        });

        Assert.Equal(("d", 4L, null), (Reader.Definition(4), Reader.FindDefinition(JournalContents.Hash("d")), Reader.FindDefinition(JournalContents.Hash("e"))));
        Assert.Equal(4, Reader.LastDefinition());
    }

    /// <summary>Turns that end with the events 2, 5 and 5 (one without events), and 9; another execution's between them.</summary>
    [Fact]
    public void Turns_FromAnEventOn_BeginWithTheOneThatHoldsIt()
    {
        WriteTurns();

        Assert.Equal([1, 2, 3, 4], Numbers(Reader.Turns(1, 0)));
        Assert.Equal([1, 2, 3, 4], Numbers(Reader.Turns(1, 1)));
        Assert.Equal([2, 3, 4], Numbers(Reader.Turns(1, 2)));
        Assert.Equal([4], Numbers(Reader.Turns(1, 5)));
        Assert.Empty(Reader.Turns(1, 9));
        Assert.Equal((9L, 100L, 0L), (Reader.LastEvent(1), Reader.LastEvent(2), Reader.LastEvent(3)));
    }

    [Fact]
    public void TurnsBackwards_BeforeAnEvent_BeginWithTheOneThatHoldsTheEventBefore()
    {
        WriteTurns();

        Assert.Equal([4, 3, 2, 1], Numbers(Reader.TurnsBackwards(1, long.MaxValue)));
        Assert.Equal([4, 3, 2, 1], Numbers(Reader.TurnsBackwards(1, 10)));
        Assert.Equal([4, 3, 2, 1], Numbers(Reader.TurnsBackwards(1, 7)));
        Assert.Equal([3, 2, 1], Numbers(Reader.TurnsBackwards(1, 6)));
        Assert.Equal([1], Numbers(Reader.TurnsBackwards(1, 3)));
        Assert.Equal([1], Numbers(Reader.TurnsBackwards(1, 2)));
    }

    [Fact]
    public void TurnsAfter_ASnapshot_AreThoseThatItDoesNotInclude()
    {
        WriteTurns();
        _journal.Write(statements => statements.PutSnapshot(1, 9, [42]));
        (long turn, long lastEvent, byte[] data) = Reader.FindSnapshot(1)!.Value;

        Assert.Equal((5L, 9L), (turn, lastEvent));
        Assert.Equal([42], data);
        Assert.Empty(Reader.TurnsAfter(1, lastEvent, turn));
        _journal.Write(statements => statements.AppendTurn(1, 9, [5]));
        _journal.Write(statements => statements.AppendTurn(1, 12, [6]));
        Assert.Equal([5, 6], Numbers(Reader.TurnsAfter(1, lastEvent, turn)));
        Assert.Equal([4, 5, 6], Numbers(Reader.TurnsAfter(1, 9, 3)));
        Assert.Null(Reader.FindSnapshot(2));
        _journal.Write(statements => statements.PutSnapshot(1, 12, [43]));
        Assert.Equal(7, Reader.FindSnapshot(1)!.Value.TurnId);
    }

    [Fact]
    public void Running_AndChildren_AreThoseThatHaveNotEnded()
    {
        _journal.Insert(1, new() { Status = ExecutionStatus.Running, Wake = 77 });
        _journal.Insert(2);
        _journal.Insert(3, new() { Status = ExecutionStatus.Aborted, StopTime = 1 });
        _journal.Insert(4, new() { Status = ExecutionStatus.Failed, StopTime = 1 });
        _journal.Insert(10, change: row => row with { Parent = "arn:e:3" });
        _journal.Insert(11, change: row => row with { Parent = "arn:e:4" });
        _journal.Insert(12, change: row => row with { Parent = "arn:e:1" });
        _journal.Insert(13, new() { Status = ExecutionStatus.Succeeded, StopTime = 1 }, row => row with { Parent = "arn:e:3" });

        Assert.Equal([(1L, (long?)77), (2L, null), (10L, null), (11L, null), (12L, null)], Reader.Running());
        Assert.Equal(["arn:e:10"], Reader.ChildrenToStop());
        Assert.Equal(["arn:e:12"], Reader.RunningChildren("arn:e:1"));
        Assert.Equal(["arn:e:10"], Reader.RunningChildren("arn:e:3"));
        Assert.Equal(13, Reader.LastExecution());
        Assert.Equal([(2L, "arn:e:2"), (3L, "arn:e:3")], Reader.ExecutionsAfter(1, 2));
        Assert.Equal([(13L, "arn:e:13")], Reader.ExecutionsAfter(12, 2));
    }

    [Fact]
    public void List_ByEachFilter_GivesTheNewestFirstAndOneMoreThanRequested()
    {
        _journal.Insert(1);
        _journal.Insert(2, new() { Status = ExecutionStatus.Failed, StopTime = 1, RedriveCount = 1 }, row => row with { Version = "m:1" });
        _journal.Insert(3, new() { Status = ExecutionStatus.Failed, StopTime = 1 }, row => row with { Alias = "m:1" });
        _journal.Insert(4, change: row => row with { MapRun = "run" });
        _journal.Insert(5, change: row => row with { Machine = "other" });

        Assert.Equal([5, 4, 3, 2, 1], List(new()));
        Assert.Equal([3, 2, 1], List(new() { StateMachineArn = "m" }));
        Assert.Equal([4], List(new() { MapRunArn = "run" }));
        Assert.Equal([3, 2], List(new() { QualifiedArn = "m:1" }));
        Assert.Equal([3, 2], List(new() { Status = ExecutionStatus.Failed }));
        Assert.Equal([5, 4, 1], List(new() { Status = ExecutionStatus.Running }));
        Assert.Equal([2], List(new() { Redriven = true }));
        Assert.Equal([5, 4, 3, 1], List(new() { Redriven = false }));
        Assert.Equal([3], List(new() { StateMachineArn = "m", Status = ExecutionStatus.Failed, Redriven = false, QualifiedArn = "m:1" }));
        Assert.Equal([5, 4, 3], List(new() { Count = 2 }));
        Assert.Equal([2, 1], List(new() { After = "3" }));
        Assert.Empty(List(new() { After = "1" }));
        Assert.Empty(List(new() { After = "no number" }));
        Assert.Equal("1", new ExecutionFilter(new()).Condition);
    }

    [Fact]
    public void Documents_ByRange_AreInOrderWithinTheirBounds()
    {
        _journal.Write(statements =>
        {
            foreach (string key in (string[])["b", "a", "d", "c"])
            {
                Assert.True(statements.Documents.Insert("docs", key, 1, "{}"u8));
            }

            Assert.True(statements.Documents.Insert("other", "b", 1, "{}"u8));
        });

        Assert.Equal(["a", "b", "c", "d"], Keys("", true, null, 10));
        Assert.Equal(["b", "c", "d"], Keys("b", true, null, 10));
        Assert.Equal(["c", "d"], Keys("b", false, null, 10));
        Assert.Equal(["b", "c"], Keys("b", true, "d", 10));
        Assert.Equal(["b"], Keys("b", true, "d", 1));
        Assert.Equal(5, Reader.Texts().Count());

        string[] Keys(string from, bool inclusive, string? until, int count) =>
            [.. Reader.ListDocuments("docs", from, inclusive, until, count).Select(document => document.Key)];
    }

    [Fact]
    public void Documents_Changed_OnlyWhereTheirVersionIsTheOneExpected()
    {
        Assert.True(_journal.Write(statements => statements.Documents.Insert("c", "k", 1, "1"u8)));
        Assert.False(_journal.Write(statements => statements.Documents.Insert("c", "k", 9, "9"u8)));
        Assert.False(_journal.Write(statements => statements.Documents.Update("c", "k", 3, "3"u8, expected: 2)));
        Assert.Equal(("1", 1L), Document());
        Assert.True(_journal.Write(statements => statements.Documents.Update("c", "k", 2, "2"u8, expected: 1)));
        Assert.Equal(("2", 2L), Document());
        Assert.False(_journal.Write(statements => statements.Documents.Delete("c", "k", expected: 1)));
        Assert.False(_journal.Write(statements => statements.Documents.Delete("c", "other", expected: 2)));
        Assert.True(_journal.Write(statements => statements.Documents.Delete("c", "k", expected: 2)));
        Assert.Null(Reader.FindDocument("c", "k"));

        (string, long) Document()
        {
            (byte[] value, long version) = Reader.FindDocument("c", "k")!.Value;
            return (System.Text.Encoding.UTF8.GetString(value), version);
        }
    }

    [Fact]
    public void Structure_OfASoundFile_HasNoProblemsAndNoLosses()
    {
        Assert.Empty(Reader.StructureProblems());
        Assert.Empty(Reader.Losses());
        JournalSchema.NoteLoss(_journal.File.Writer, "one");
        JournalSchema.NoteLoss(_journal.File.Writer, "two");

        Assert.Equal(["one", "two"], Reader.Losses().Select(loss => loss.Description));
        Assert.All(Reader.Losses(), loss => Assert.Matches("^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$", loss.Time));
    }

    [Fact]
    public void Rollback_AfterTurns_GivesTheirNumbersAgain()
    {
        using var statements = new JournalStatements(_journal.File.Writer);
        statements.Begin();
        statements.AppendTurn(1, 1, [1]);
        statements.Commit();
        Assert.Equal(1, statements.LastTurn);
        statements.Begin();
        statements.AppendTurn(1, 2, [2]);
        Assert.Equal(1, statements.LastTurn);
        statements.Rollback();
        statements.Rollback();
        statements.Begin();
        statements.AppendTurn(1, 2, [3]);
        statements.Begin();
        statements.AppendTurn(1, 2, [4]);
        statements.Commit();

        Assert.Equal(2, statements.LastTurn);
        Assert.Equal([1, 4], Numbers(Reader.Turns(1, 0)));
        Assert.Equal(2, JournalSchema.LastTurn(_journal.File.Writer));
    }

    private static int[] Numbers(IEnumerable<byte[]> turns) => [.. turns.Select(turn => (int)turn[0])];

    private long[] List(ExecutionQuery query) => [.. Reader.List(new(query)).Select(row => row.Id)];

    private void WriteTurns() => _journal.Write(statements =>
    {
        statements.AppendTurn(1, 2, [1]);
        statements.AppendTurn(1, 5, [2]);
        statements.AppendTurn(2, 100, [9]);
        statements.AppendTurn(1, 5, [3]);
        statements.AppendTurn(1, 9, [4]);
    });
}
