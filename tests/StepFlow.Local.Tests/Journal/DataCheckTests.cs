using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Local.Journal;
using StepFlow.Local.Tests.Engine;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Tests.Journal;

/// <summary>What of a data file is damaged is named, and nothing else is.</summary>
public sealed class DataCheckTests : IAsyncLifetime
{
    private static readonly string Definition = $$"""
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{Requests.Function("work")}}","Next":"W"},"W":{"Type":"Wait","Seconds":1,"End":true} } }
        """;

    private readonly LocalHostFixture _fixture = new() { SnapshotInterval = 1 };
    private JournalFile _file = null!;
    private JournalReader _reader = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Two executions that ended, and one that waits.</summary>
    public async ValueTask InitializeAsync()
    {
        _fixture.Tasks.On("work", call => new TaskCompleted(call.Arguments));
        await _fixture.StartAsync();
        foreach (string name in (string[])["one", "two"])
        {
            var input = JsonObject.Create(("name", name), ("text", new string('x', 20_000) + name));
            await _fixture.Host.StartAsync(Requests.Of(_fixture, name, Definition, input), Cancellation);
            Task<ExecutionRecord?> end = _fixture.Host.WaitAsync(Requests.Arn(name), Cancellation);
            await _fixture.MoveUntilAsync(end, TimeSpan.FromSeconds(1));
        }

        await _fixture.Host.StartAsync(Requests.Of(_fixture, "three", Definition.Replace("\"Seconds\":1", "\"Seconds\":1000", StringComparison.Ordinal)), Cancellation);
        await _fixture.CloseAsync();
        _file = JournalFile.Open(new() { Folder = _fixture.Folder });
        _reader = new(_file.OpenReader());
        JournalSchema.Execute(_file.Writer, "INSERT INTO documents VALUES('machines', 'm', 1, CAST('{}' AS BLOB)); INSERT INTO items VALUES('t', 'p', 's', CAST('{}' AS BLOB))");
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _file.Dispose();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public void Check_OfASoundFile_FindsNothing()
    {
        var check = new DataCheck(_reader);

        Assert.Empty(check.Structure());
        Assert.Empty(check.Losses());
        Assert.Empty(check.Texts());
        Assert.Empty(check.Executions(0, 10, out long? last));
        Assert.Null(last);
    }

    [Fact]
    public void Executions_PartByPart_EndsAfterTheLast()
    {
        var check = new DataCheck(_reader);
        long[] ids = [.. _reader.ExecutionsAfter(0, 10).Select(execution => execution.Id)];
        Assert.Equal(3, ids.Length);

        check.Executions(0, 2, out long? last);
        Assert.Equal(ids[1], last);
        check.Executions(last!.Value, 2, out last);
        Assert.Null(last);
        check.Executions(0, 3, out last);
        Assert.Equal(ids[2], last);
        check.Executions(last!.Value, 3, out last);
        Assert.Null(last);
    }

    [Theory]
    [InlineData("UPDATE executions SET start=x'00' WHERE id=#", "the start of")]
    [InlineData("UPDATE executions SET start=x'00', start_crc=NULL WHERE id=#", "")]
    [InlineData("UPDATE executions SET definition=999 WHERE id=#", "The data file lacks a definition that an execution runs on.")]
    [InlineData("UPDATE executions SET output=x'FF' WHERE id=#", "")]
    [InlineData("UPDATE turns SET data=x'00' WHERE execution=#", "a turn of execution")]
    [InlineData("UPDATE turns SET data=x'FF', crc=NULL WHERE execution=#", "")]
    [InlineData("UPDATE snapshots SET data=x'00' WHERE execution=#", "the snapshot of execution")]
    [InlineData("DELETE FROM turns WHERE execution=#", "Its history is missing.")]
    [InlineData("DELETE FROM turns WHERE execution=# AND id=(SELECT min(id) FROM turns WHERE execution=#)", "Events are missing from its history: ")]
    [InlineData("DELETE FROM payloads WHERE id IN (SELECT payload FROM payload_uses WHERE execution=#)", "The data file lacks a payload that an execution refers to.")]
    public void Executions_OneDamaged_IsNamedWithWhatIsWrong(string damage, string problem)
    {
        long id = _reader.FindId(Requests.Arn("two"))!.Value;
        JournalSchema.Execute(_file.Writer, damage.Replace("#", $"{id}", StringComparison.Ordinal));

        Damage found = Assert.Single(new DataCheck(_reader).Executions(0, 10, out _));
        Assert.Equal(Requests.Arn("two"), found.Subject);
        Assert.Contains(problem, found.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(found.Problem);
    }

    [Fact]
    public void Executions_EventsMissing_ReportsWhichFollowWhich()
    {
        long id = _reader.FindId(Requests.Arn("two"))!.Value;
        JournalSchema.Execute(_file.Writer, $"DELETE FROM turns WHERE execution={id} AND id=(SELECT min(id) FROM turns WHERE execution={id})");
        long before = JournalSchema.Scalar(_file.Writer, $"SELECT min(last_event) FROM turns WHERE execution={id}");
        Damage found = Assert.Single(new DataCheck(_reader).Executions(0, 10, out _));

        Assert.Matches($"^Events are missing from its history: [2-{before}] follows 0\\.$", found.Problem);
    }

    [Theory]
    [InlineData("UPDATE documents SET value=CAST('{' AS BLOB)", "document machines/m")]
    [InlineData("UPDATE documents SET value=x'FF'", "document machines/m")]
    [InlineData("UPDATE documents SET value=x''", "document machines/m")]
    [InlineData("UPDATE items SET item=CAST('{}}' AS BLOB)", "item p s of table t")]
    public void Texts_NoJson_AreNamed(string damage, string subject)
    {
        JournalSchema.Execute(_file.Writer, damage);

        Assert.Equal(new Damage(subject, "It is not valid JSON."), Assert.Single(new DataCheck(_reader).Texts()));
    }

    [Fact]
    public void Losses_FoundEarlier_AreReported()
    {
        JournalSchema.NoteLoss(_file.Writer, "gone");
        Damage loss = Assert.Single(new DataCheck(_reader).Losses());

        Assert.Equal("gone", loss.Problem);
        Assert.StartsWith("found at 20", loss.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Structure_DamagedIndex_IsReported()
    {
        // An index that does not hold what its table does.
        JournalSchema.Execute(
            _file.Writer,
            "PRAGMA writable_schema=1; UPDATE sqlite_master SET sql=replace(sql, 'turns(execution, last_event)', 'turns(execution, id)') WHERE name='turns_execution'; PRAGMA writable_schema=RESET");
        using var reader = new JournalReader(_file.OpenReader());
        Damage[] found = [.. new DataCheck(reader).Structure()];

        Assert.NotEmpty(found);
        Assert.All(found, damage => Assert.Equal("the file", damage.Subject));
    }
}
