using System.IO.Compression;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tables;
using StepFlow.Language.Json;
using StepFlow.Local.Journal;
using StepFlow.Local.Tests.Engine;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Journal;

/// <summary>Data files that older versions wrote (folder Golden): they are opened, and their executions continue.</summary>
public class JournalUpgradeTests
{
    private static readonly string Text = $$"""{ "order": 12345678901234567890, "text": "{{new string('x', 600)}}" }""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    public async Task Open_OlderFile_KeepsEverything(int version)
    {
        await using LocalHostFixture fixture = await OpenAsync(version);

        ExecutionRecord ended = (await fixture.Host.FindAsync(Requests.Arn("ended"), Cancellation))!;
        Assert.Equal((ExecutionStatus.Succeeded, Text), (ended.Status, ended.Start.InputText));
        Assert.Equal(JsonValue.Parse(Text), ended.Start.Input);
        Assert.Equal("r-1", ended.Request.Configuration["revisionId"]!.ToString().Trim('"'));
        Assert.Equal("Root=1-2-3", ended.Request.TraceHeader);
        Assert.Equal(402, ((JsonObject)ended.Output!)["large"]!.Utf8Length);
        HistoryPage history = await fixture.Host.HistoryAsync(Requests.Arn("ended"), null, 1000, reverse: false, Cancellation);
        Assert.Equal(Enumerable.Range(1, (int)ended.EventCount).Select(id => (long)id), history.Select(entry => entry.Id));
        Assert.Equal(Text, ((ExecutionStartedDetails)history[0].Details!).InputText);
        Assert.Equal("""{"name":"Test"}""", (await fixture.Local.Documents.FindAsync("machines", "Test", Cancellation))!.Value.ToString());
        Assert.Equal("t1", (await fixture.Local.Activities.DequeueAsync("a", TimeSpan.Zero, Cancellation))!.TaskToken);
        JsonObject item = (await fixture.Local.Tables.FindAsync("t", new TableKey("S:a", "N:1"), Cancellation))!;
        Assert.Equal("""{"id":{"S":"a"},"n":{"N":"1"}}""", item.ToString());
        Assert.Equal(ExecutionSummary.Of(ended), (await fixture.Host.ListAsync(new(), Cancellation)).Items[1]);
    }

    [Theory]
    [InlineData(1)]
    public async Task Open_OlderFile_ContinuesWithWhatRan(int version)
    {
        await using LocalHostFixture fixture = await OpenAsync(version);
        Task<ExecutionRecord?> end = fixture.Host.WaitAsync(Requests.Arn("waiting"), Cancellation);
        fixture.Clock.Advance(TimeSpan.FromDays(3650));

        Assert.Equal(ExecutionStatus.Succeeded, (await end)!.Status);
        Assert.Equal(0, fixture.Tasks.CallsTo("work"));
        await fixture.RestartAsync();
        Assert.Equal(ExecutionStatus.Succeeded, (await fixture.Host.FindAsync(Requests.Arn("waiting"), Cancellation))!.Status);
    }

    [Theory]
    [InlineData(1)]
    public void Open_OlderFile_HasTheTablesOfANewOne(int version)
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        Extract(version, folder.Path);
        using JournalFile upgraded = JournalFile.Open(new() { Folder = folder.Path });
        using JournalFile made = JournalFile.Open(new() { Folder = other.Path });

        Assert.Equal(Columns(made), Columns(upgraded));
        Assert.Equal(JournalSchema.Version, JournalSchema.Scalar(upgraded.Writer, "PRAGMA user_version"));
    }

    private static string Columns(JournalFile file)
    {
        using var command = file.Writer.CreateCommand();
        command.CommandText = """
            SELECT group_concat(line, char(10)) FROM (
              SELECT m.type || ' ' || m.name || ' ' || i.name || ' ' || i.type || ' ' || i."notnull" || ' ' || i.pk AS line
              FROM sqlite_master m JOIN pragma_table_info(m.name) i WHERE m.type='table'
              UNION ALL SELECT m.type || ' ' || m.name || ' ' || coalesce(i.name, '') FROM sqlite_master m JOIN pragma_index_info(m.name) i WHERE m.type='index'
              ORDER BY line)
            """;
        return (string)command.ExecuteScalar()!;
    }

    private static async Task<LocalHostFixture> OpenAsync(int version)
    {
        var fixture = new LocalHostFixture();
        Extract(version, fixture.Folder);
        await fixture.StartAsync();
        return fixture;
    }

    private static void Extract(int version, string folder)
    {
        using FileStream packed = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", $"stepflow-{version}.db.gz"));
        using var text = new GZipStream(packed, CompressionMode.Decompress);
        using FileStream file = File.Create(Path.Combine(folder, "stepflow.db"));
        text.CopyTo(file);
    }
}
