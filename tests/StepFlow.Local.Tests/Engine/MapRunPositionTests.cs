using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Local.Records;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Tests.Engine;

/// <summary>Distributed Maps over a file whose host goes away in the middle: the file is read on from a recorded position.</summary>
public sealed class MapRunPositionTests
{
    private const int Rows = 3000;
    private const int RowsBeforeRestart = 2000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("'ItemBatcher':{'MaxItemsPerBatch':3},")]
    public async Task Restart_InTheMiddle_ReadsOnBehindTheRecordedChildren(string batcher)
    {
        var file = new CsvFile();
        await using var fixture = new LocalHostFixture { Objects = file };
        int ended = batcher.Length == 0 ? RowsBeforeRestart : RowsBeforeRestart / 3;
        var restarted = new TaskCompletionSource();
        fixture.Tasks.On("item", async (call, cancellation) =>
        {
            // By its row, not by its turn: however the children's threads run, those that ended have no gap before them.
            if (Numbers([call.Arguments]).Last() >= RowsBeforeRestart)
            {
                await restarted.Task.WaitAsync(cancellation);
            }

            return new TaskCompleted(call.Arguments);
        });
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Definition(batcher), JsonObject.Empty), Cancellation);
        string run = await RunAsync(fixture);
        await UntilAsync(async () => (await EndedAsync(fixture, run)) == ended);
        file.Reads.Clear();
        await fixture.RestartAsync();
        restarted.SetResult();

        ExecutionRecord record = (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!;
        Assert.True(record.Status == ExecutionStatus.Succeeded, $"{record.Status}: {record.Error} {record.Cause}");
        Assert.Equal(Enumerable.Range(0, Rows), Numbers((JsonArray)record.Output!));
        // One read of the header, and one of the rows from about where the children had ended.
        Assert.Equal(2, file.Reads.Count);
        Assert.InRange(file.Reads.Last(), file.Offset(RowsBeforeRestart / 2), file.Offset(RowsBeforeRestart));
    }

    [Fact]
    public void Record_Position_GivesThePosition()
    {
        var position = new ItemPosition
        {
            Item = 5_000_000_000,
            Skip = 3,
            File = new() { Manifest = "m", Number = 2, Page = "p", Key = "k", Version = "v", Containers = "[{" },
            Record = new(7, 8, 9),
        };
        Assert.Equal(position, PositionRecord.Read(PositionRecord.Write(position)));
        Assert.Equal(ItemPosition.Start, PositionRecord.Read(PositionRecord.Write(ItemPosition.Start)));
    }

    private static string Definition(string batcher) => $$"""
        {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":40,"Label":"Items","End":true,{{batcher.Replace('\'', '"')}}
          "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW"},
            "Parameters":{"Bucket":"data","Key":"rows.csv"} },
          "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},
            "StartAt":"I","States":{"I":{"Type":"Task","Resource":"{{Requests.Function("item")}}","End":true} } } } } }
        """;

    private static IEnumerable<int> Numbers(IEnumerable<JsonValue> outputs) => outputs
        .SelectMany(static output => output is JsonObject batch && batch["Items"] is JsonArray rows ? rows.AsEnumerable() : [output])
        .Select(static row => int.Parse(((JsonObject)row).RequiredText("n"), CultureInfo.InvariantCulture));

    private static async Task<string> RunAsync(LocalHostFixture fixture)
    {
        string? arn = null;
        await UntilAsync(async () =>
        {
            HistoryPage history = await fixture.Host.HistoryAsync(Requests.Arn("a"), null, 100, reverse: false, Cancellation);
            arn = history.Select(static entry => entry.Details).OfType<MapRunStartedDetails>().SingleOrDefault()?.MapRunArn;
            return arn is not null;
        });
        return arn!;
    }

    private static async Task<int> EndedAsync(LocalHostFixture fixture, string run) =>
        (await fixture.Host.ListAsync(new() { MapRunArn = run, Status = ExecutionStatus.Succeeded, Count = Rows }, Cancellation)).Items.Count;

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        // Real time: what is waited for runs on other threads.
        while (!await condition())
        {
            await Task.Delay(5, Cancellation);
        }
    }

    /// <summary>A CSV file that records where its reads begin.</summary>
    private sealed class CsvFile : IObjectStore
    {
        private readonly byte[] _text = Encoding.UTF8.GetBytes(Text(Rows));

        public ConcurrentQueue<long> Reads { get; } = [];

        public long Offset(int row) => Encoding.UTF8.GetByteCount(Text(row));

        public Task ReadAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken)
        {
            Reads.Enqueue(slice.First);
            return read(new(new MemoryStream(_text, (int)slice.First, _text.Length - (int)slice.First, writable: false), "1", _text.Length), cancellationToken);
        }

        public Task<ObjectPage> ListAsync(string bucket, string prefix, string? page, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => throw new NotSupportedException();

        private static string Text(int rows) => "n\n" + string.Concat(Enumerable.Range(0, rows).Select(static row => string.Create(CultureInfo.InvariantCulture, $"{row}\n")));
    }
}
