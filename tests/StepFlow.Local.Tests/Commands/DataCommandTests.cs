using Microsoft.Data.Sqlite;
using StepFlow.Execution;
using StepFlow.Hosting.Compliance;
using StepFlow.Language.Json;
using StepFlow.Local.Failures;
using StepFlow.Local.Journal;
using StepFlow.Local.Tests.Engine;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

/// <summary>Backup, restore, compaction and the check for damage.</summary>
public sealed class DataCommandTests : IAsyncDisposable
{
    private const string Wait = """{"StartAt":"P","States":{"P":{"Type":"Pass","Next":"W"},"W":{"Type":"Wait","Seconds":600,"End":true}}}""";

    private readonly LocalHostFixture _fixture = new();
    private readonly TemporaryFolder _other = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Backup => Path.Combine(_other.Path, "backup.db");

    private string Restored => Path.Combine(_other.Path, "restored");

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        _other.Dispose();
    }

    [Fact]
    public async Task Backup_OfARunningServer_RestoresToWhatItWas()
    {
        await StartAsync("a");
        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync("backup", Backup, "--data", _fixture.Folder)).ExitCode);
        await StartAsync("after");
        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync("restore", Backup, "--data", Restored)).ExitCode);

        using JournalFile file = JournalFile.Open(new() { Folder = Restored });
        Assert.Null(file.Loss);
        using var readers = new JournalReaders(file);
        Assert.Equal([Requests.Arn("a")], readers.Read(reader => reader.ExecutionsAfter(0, 10)).Select(static execution => execution.Arn));
        Assert.Equal(["backup.db", "restored"], Directory.GetFileSystemEntries(_other.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Restore_OverDataOrFromNoData_IsRefused()
    {
        await StartAsync("a");
        await CommandRun.OfAsync("backup", Backup, "--data", _fixture.Folder);
        Assert.Equal(ExitCodes.DataLocked, (await CommandRun.OfAsync("restore", Backup, "--data", _fixture.Folder)).ExitCode);
        await _fixture.CloseAsync();
        Assert.Equal(ExitCodes.DataUnusable, (await CommandRun.OfAsync("restore", Backup, "--data", _fixture.Folder)).ExitCode);
        Assert.Equal(ExitCodes.DataUnusable, (await CommandRun.OfAsync("restore", _other.File("text", "no data"), "--data", Restored)).ExitCode);
        Assert.Equal(ExitCodes.DataUnusable, (await CommandRun.OfAsync("backup", Backup, "--data", _fixture.Folder)).ExitCode);
        Assert.Equal(ExitCodes.DataUnusable, (await CommandRun.OfAsync("backup", Backup + "2", "--data", Path.Combine(_other.Path, "none"))).ExitCode);
    }

    [Fact]
    public async Task Doctor_OfARunningServer_FindsNothing()
    {
        await StartAsync("a");
        CommandRun run = await CommandRun.OfAsync("doctor", "--data", _fixture.Folder);
        Assert.Equal((ExitCodes.Success, $"No damage found in {_fixture.Folder} (1 executions).{Environment.NewLine}"), (run.ExitCode, run.Output));
    }

    [Theory]
    [InlineData("UPDATE turns SET data=substr(data, 1, length(data) - 1) || x'77' WHERE execution=2")]
    [InlineData("DELETE FROM turns WHERE execution=2")]
    [InlineData("UPDATE executions SET start=x'00' WHERE id=2")]
    [InlineData("UPDATE executions SET definition=77 WHERE id=2")]
    [InlineData("INSERT INTO snapshots(execution, turn_id, last_event, data) SELECT execution, max(id), max(last_event), x'0100027B7D' FROM turns WHERE execution=2")]
    [InlineData("UPDATE payloads SET data=replace(data, 'bb', 'bc')")]
    public async Task Doctor_OneExecutionDamaged_NamesItAndNoOther(string damage)
    {
        await StartAsync("a");
        await StartAsync("b");
        await StartAsync("c");
        await _fixture.CloseAsync();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_fixture.Folder, "stepflow.db")};Pooling=False"))
        {
            connection.Open();
            JournalSchema.Execute(connection, damage);
        }

        CommandRun run = await CommandRun.OfAsync("doctor", "--json", "--data", _fixture.Folder);

        Assert.Equal(ExitCodes.DataUnusable, run.ExitCode);
        var damaged = (JsonArray)((JsonObject)JsonValue.Parse(run.Output))["damaged"]!;
        Assert.Equal($"\"{Requests.Arn("b")}\"", ((JsonObject)Assert.Single(damaged))["subject"]!.ToString());
    }

    [Fact]
    public async Task Serve_OnABrokenPage_NamesTheCommandsThatHelpAndTheyDo()
    {
        await StartAsync("a");
        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync("backup", Backup, "--data", _fixture.Folder)).ExitCode);
        for (int i = 0; i < 100; i++)
        {
            await StartAsync($"e{i}");
        }

        await _fixture.CloseAsync();
        string data = Path.Combine(_fixture.Folder, "stepflow.db");
        long page = RootPage(data, "turns");
        byte[] broken = await File.ReadAllBytesAsync(data, Cancellation);
        broken.AsSpan((int)(page - 1) * 4096, 4096).Fill(0x5A);
        await File.WriteAllBytesAsync(data, broken, Cancellation);

        CommandRun refused = await CommandRun.OfAsync("serve", "--port", "0", "--data", _fixture.Folder);
        Assert.Equal(ExitCodes.DataUnusable, refused.ExitCode);
        Assert.StartsWith($"stepflow: The structure of {data} is damaged (", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"'stepflow doctor --data {_fixture.Folder}' lists", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"mv {data}* ELSEWHERE && stepflow restore BACKUP --data {_fixture.Folder} ", refused.Error, StringComparison.Ordinal);
        Assert.Equal(broken, await File.ReadAllBytesAsync(data, Cancellation));

        CommandRun doctor = await CommandRun.OfAsync("doctor", "--json", "--data", _fixture.Folder);
        Assert.Equal(ExitCodes.DataUnusable, doctor.ExitCode);
        string[] subjects = [.. ((JsonArray)((JsonObject)JsonValue.Parse(doctor.Output))["damaged"]!).Select(damage => ((JsonString)((JsonObject)damage)["subject"]!).Value)];
        Assert.Contains("the file", subjects);
        Assert.Contains(Requests.Arn("e7"), subjects);

        foreach (string file in Directory.GetFiles(_fixture.Folder, "stepflow.db*"))
        {
            File.Move(file, Path.Combine(_other.Path, Path.GetFileName(file)));
        }

        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync("restore", Backup, "--data", _fixture.Folder)).ExitCode);
        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync("doctor", "--data", _fixture.Folder)).ExitCode);
    }

    private static long RootPage(string data, string table)
    {
        using var connection = new SqliteConnection($"Data Source={data};Pooling=False");
        connection.Open();
        JournalSchema.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.Equal(4096, JournalSchema.Scalar(connection, "PRAGMA page_size"));
        return JournalSchema.Scalar(connection, $"SELECT rootpage FROM sqlite_master WHERE name='{table}'");
    }

    [Fact]
    public async Task Compact_AfterAPurge_FreesSpace()
    {
        await StartAsync("a", new string('a', 500_000));
        await _fixture.Host.SignalAsync(Requests.Arn("a"), new Execution.Signals.Stop(_fixture.Now, null, null), Cancellation);
        Assert.Equal(ExecutionStatus.Aborted, (await _fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!.Status);
        await _fixture.Local.PurgeAsync(_fixture.Clock.GetUtcNow() + TimeSpan.FromDays(1), Cancellation);
        Assert.Equal(ExitCodes.DataLocked, (await CommandRun.OfAsync("compact", "--data", _fixture.Folder)).ExitCode);
        await _fixture.CloseAsync();

        CommandRun run = await CommandRun.OfAsync("compact", "--json", "--data", _fixture.Folder);

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.InRange(new FileInfo(Path.Combine(_fixture.Folder, "stepflow.db")).Length, 1, 300_000);
        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync("doctor", "--data", _fixture.Folder)).ExitCode);
    }

    private async Task StartAsync(string name, string? input = null)
    {
        if (!Directory.EnumerateFiles(_fixture.Folder).Any())
        {
            await _fixture.StartAsync();
        }

        await _fixture.Host.StartAsync(Requests.Of(_fixture, name, Wait, input ?? new string(name[0], 1000)), Cancellation);
    }
}
