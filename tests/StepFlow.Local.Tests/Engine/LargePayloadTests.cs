using Microsoft.Data.Sqlite;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Hosting.Compliance;
using StepFlow.Language.Json;
using StepFlow.Local.Failures;
using StepFlow.Local.Journal;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Tests.Engine;

/// <summary>What large inputs cost on disk, in lists and in pages of histories.</summary>
public class LargePayloadTests
{
    private const int Size = 900_000;

    private static readonly string TenPasses = $$"""
        {"StartAt":"S0","States":{ {{string.Join(',', Enumerable.Range(0, 10).Select(n => $$"""
            "S{{n}}":{"Type":"Pass",{{(n == 9 ? "\"End\":true" : $"\"Next\":\"S{n + 1}\"")}}}
            """))}} } }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{0}", 1)]
    [InlineData("""{{"a":{0}}}""", 1)]
    [InlineData("""{{ "a": {0} }}""", 2)]
    public async Task Start_EqualLargeInputs_AreStoredOnce(string form, int copies)
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        for (int number = 0; number < 20; number++)
        {
            // Each start reads its own text, as the API does.
            string text = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, $"\"{new string('x', Size)}\"");
            ExecutionRequest request = Requests.Of(fixture, $"e{number}", TenPasses, JsonValue.Parse(text));
            await fixture.Host.StartAsync(request with { Start = request.Start with { InputText = text } }, Cancellation);
            ExecutionRecord ended = (await fixture.Host.WaitAsync(request.Start.ExecutionArn, Cancellation))!;
            Assert.Equal(text, ended.Start.InputText);
        }

        await fixture.CloseAsync();
        long bytes = new FileInfo(Path.Combine(fixture.Folder, "stepflow.db")).Length;
        Assert.InRange(bytes, Size, (copies * Size) + 500_000);
    }

    [Fact]
    public async Task Purge_LastUserOfAPayload_LeavesNoPayload()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        string text = $$"""{ "a": "{{new string('x', 5000)}}" }""";
        for (int number = 0; number < 2; number++)
        {
            ExecutionRequest request = Requests.Of(fixture, $"e{number}", TenPasses, JsonValue.Parse(text));
            await fixture.Host.StartAsync(request with { Start = request.Start with { InputText = text } }, Cancellation);
            await fixture.Host.WaitAsync(request.Start.ExecutionArn, Cancellation);
            fixture.Clock.Advance(TimeSpan.FromDays(2));
        }

        DateTimeOffset now = fixture.Clock.GetUtcNow();
        Assert.Equal(1, await fixture.Local.PurgeAsync(now - TimeSpan.FromDays(3), Cancellation));
        Assert.Equal(text, (await fixture.Host.FindAsync(Requests.Arn("e1"), Cancellation))!.Start.InputText);
        Assert.Equal(22, (await fixture.Host.HistoryAsync(Requests.Arn("e1"), null, 100, reverse: false, Cancellation)).Count);
        Assert.Equal(1, await fixture.Local.PurgeAsync(now, Cancellation));
        await fixture.CloseAsync();
        Assert.All(["executions", "turns", "snapshots", "payloads", "payload_uses"], table => Assert.Equal((table, 0), (table, Count(fixture, table))));
    }

    [Fact]
    public async Task List_StartsDamaged_StillResponds()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", TenPasses), Cancellation);
        await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);
        await fixture.CloseAsync();
        using (SqliteConnection connection = Open(fixture))
        {
            JournalSchema.Execute(connection, "UPDATE executions SET start=x'00', output=x'00'");
        }

        fixture.Open(null);
        ExecutionSummary found = Assert.Single((await fixture.Host.ListAsync(new(), Cancellation)).Items);
        Assert.Equal(("a", ExecutionStatus.Succeeded), (found.Name, found.Status));
    }

    [Theory]
    [InlineData("UPDATE turns SET data=substr(data, 1, length(data) - 1) || x'77'", "a turn of execution 1")]
    [InlineData("UPDATE executions SET start=substr(start, 1, length(start) - 1) || x'77'", "the start of ")]
    [InlineData("UPDATE payloads SET data=replace(data, 'xx', 'xy')", "a payload")]
    public async Task Read_OfWhatWasDamaged_IsReported(string damage, string what)
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", TenPasses, new string('x', 10_000)), Cancellation);
        await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);
        await fixture.CloseAsync();
        using (SqliteConnection connection = Open(fixture))
        {
            JournalSchema.Execute(connection, damage);
        }

        fixture.Open(null);
        JournalException damaged = await Assert.ThrowsAsync<JournalException>(async () =>
        {
            await fixture.Host.FindAsync(Requests.Arn("a"), Cancellation);
            await fixture.Host.HistoryAsync(Requests.Arn("a"), null, 100, reverse: false, Cancellation);
        });
        Assert.Equal(JournalProblem.Corrupt, damaged.Problem);
        Assert.Contains(what, damaged.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task History_LargePayloads_ComesInPagesBoundedByBytes(bool reverse)
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", TenPasses, new string('x', Size)), Cancellation);
        await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);
        var ids = new List<long>();
        HistoryPage page;
        do
        {
            page = await fixture.Host.HistoryAsync(Requests.Arn("a"), ids.Count == 0 ? null : ids[^1], 1000, reverse, Cancellation);
            Assert.InRange(page.Count, 1, 4);
            ids.AddRange(page.Select(static entry => entry.Id));
        }
        while (page.HasMore);

        IEnumerable<long> all = Enumerable.Range(1, 22).Select(static id => (long)id);
        Assert.Equal(reverse ? all.Reverse() : all, ids);
    }

    [Fact]
    public async Task History_OfOneTurn_ReadsEachPayloadOnce()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", TenPasses, new string('x', 10_000)), Cancellation);
        await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);

        HistoryPage page = await fixture.Host.HistoryAsync(Requests.Arn("a"), null, 1000, reverse: false, Cancellation);

        JsonValue input = ((ExecutionStartedDetails)page[0].Details!).Input;
        Assert.All(page.Select(static entry => entry.Details).OfType<StateEnteredDetails>(), details => Assert.Same(input, details.Input));
        Assert.False(page.HasMore);
    }

    private static SqliteConnection Open(LocalHostFixture fixture)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(fixture.Folder, "stepflow.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private static int Count(LocalHostFixture fixture, string table)
    {
        using SqliteConnection connection = Open(fixture);
        return (int)JournalSchema.Scalar(connection, $"SELECT count(*) FROM {table}");
    }
}
