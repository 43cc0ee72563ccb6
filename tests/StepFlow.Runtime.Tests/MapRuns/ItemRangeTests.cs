using System.Globalization;
using System.Text;
using System.Text.Json;
using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Language.Evaluation;
using StepFlow.Runtime.MapRuns;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.MapRuns;

/// <summary>Items that are read in ranges, each from the position where the one before ended: the same as in one reading, and no byte is read twice.</summary>
public sealed class ItemRangeTests
{
    /// <summary>What a range may read beyond its items: a buffer, the first bytes for the headers of CSV, the footer of Parquet.</summary>
    private const int BytesPerRange = 160 * 1024;

    private readonly PagedObjects _objects = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Sources => new()
    {
        { "csv", Get("'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'", "file.csv") },
        { "csv-crlf", Get("'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'", "crlf.csv") },
        { "csv-mark", Get("'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'", "mark.csv") },
        { "csv-damaged", Get("'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'", "damaged.csv") },
        { "csv-given", Get("'InputType':'CSV','CSVHeaderLocation':'GIVEN','CSVHeaders':['a','b']", "file.csv") },
        { "jsonl", Get("'InputType':'JSONL'", "file.jsonl") },
        { "json", Get("'InputType':'JSON'", "array.json") },
        { "json-pointer", Get("'InputType':'JSON','ItemsPointer':'/a/1/b'", "nested.json") },
        { "most", Get("'InputType':'JSONL','MaxItems':1234", "file.jsonl") },
        { "parquet", Get("'InputType':'PARQUET'", "file.parquet") },
        { "gzip", Get("'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'", "file.csv.gz") },
        { "inventory", Get("'InputType':'MANIFEST'", "manifest.json") },
        { "athena", Get("'InputType':'MANIFEST','ManifestType':'ATHENA_DATA','CSVHeaderLocation':'FIRST_ROW'", "manifest.txt") },
        { "list", List("", "list/") },
        { "flatten", List("'InputType':'JSONL','Transformation':'LOAD_AND_FLATTEN'", "flat/") },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Ranges_OfASource_GiveTheChildrenOfOneReading(string name, string reader)
    {
        await AddFilesAsync(name);
        foreach (string batcher in (string[])["", ",'ItemBatcher':{'MaxItemsPerBatch':7}"])
        {
            StartMapRun command = Command(reader + batcher);
            (IReadOnlyList<string> whole, _) = await ReadAsync(command, _objects, int.MaxValue);
            foreach (int size in (int[])[1, 13, 400])
            {
                if (size == 1 && whole.Count > 500 && name is not ("csv-damaged" or "json-pointer"))
                {
                    continue;
                }

                (IReadOnlyList<string> ranges, _) = await ReadAsync(command, _objects, size);
                Assert.Equal(whole, ranges);
            }
        }
    }

    [Theory]
    [InlineData("'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'", "file.csv")]
    [InlineData("'InputType':'JSONL'", "file.jsonl")]
    [InlineData("'InputType':'JSON'", "array.json")]
    [InlineData("'InputType':'PARQUET'", "file.parquet")]
    [InlineData("'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'", "file.csv.gz")]
    public async Task Ranges_OfALargeFile_ReadEachByteOnce(string config, string key)
    {
        _objects.Files[key] = key switch
        {
            "file.csv" => ItemFilesOfTests.Csv(60_000),
            "file.jsonl" => ItemFilesOfTests.JsonLines(60_000),
            "array.json" => Encoding.UTF8.GetBytes(ItemFilesOfTests.JsonArray(40_000)),
            "file.parquet" => await ItemFilesOfTests.ParquetAsync(12, 5_000),
            _ => ItemFilesOfTests.Gzip(ItemFilesOfTests.Csv(60_000)),
        };
        long size = _objects.Files[key].Length;
        var counted = new CountedObjects(_objects);
        var copies = new CountedObjects(new PagedObjects());

        (IReadOnlyList<string> children, int ranges) = await ReadAsync(Command(Get(config, key)), counted, 5_000, copies);

        Assert.InRange(ranges, children.Count / 5_000, (children.Count / 5_000) + 1);

        // A compressed file is read by the first range and for its copy.
        bool isZipped = key.EndsWith(".gz", StringComparison.Ordinal);
        Assert.InRange(counted.Bytes, size, size + ((isZipped ? 2 : ranges) * BytesPerRange) + (isZipped ? size / 10 : 0));
        Assert.InRange(copies.Bytes, 0, isZipped ? size + (ranges * BytesPerRange) : 0);
    }

    [Fact]
    public async Task Ranges_OfAListing_ReadEachPageOnce()
    {
        for (int file = 0; file < 3_000; file++)
        {
            _objects.Files[string.Create(CultureInfo.InvariantCulture, $"list/{file:D4}")] = [];
        }

        var counted = new CountedObjects(_objects);
        (IReadOnlyList<string> children, int ranges) = await ReadAsync(Command(List("", "list/")), counted, 500);

        // Items are passed on in portions of 256: a range may have listed this many items more than it needs.
        int most = (children.Count / PagedObjects.PageSize) + (ranges * ((256 / PagedObjects.PageSize) + 2));
        Assert.InRange(counted.Pages, children.Count / PagedObjects.PageSize, most);
    }

    [Fact]
    public async Task Members_OfAnObject_AreReadInOneRange()
    {
        _objects.Files["object.json"] = Encoding.UTF8.GetBytes(ItemFilesOfTests.JsonObject(2_000));
        (IReadOnlyList<string> children, int ranges) = await ReadAsync(Command(Get("'InputType':'JSON'", "object.json")), _objects, 100);
        Assert.Equal((2_000, 1), (children.Count, ranges));
    }

    [Fact]
    public async Task Text_InUtf16_IsReadInOneRange()
    {
        _objects.Files["file.csv"] = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("id\n" + string.Join('\n', Enumerable.Range(0, 2_000)))];
        (IReadOnlyList<string> children, int ranges) = await ReadAsync(Command(Get("'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'", "file.csv")), _objects, 100);
        Assert.Equal((2_000, 1), (children.Count, ranges));
    }

    [Fact]
    public async Task Range_OfAFileThatWasChanged_IsRefused()
    {
        _objects.Files["file.jsonl"] = ItemFilesOfTests.JsonLines(2_000);
        StartMapRun command = Command(Get("'InputType':'JSONL'", "file.jsonl"));
        (ItemPosition? next, _, _) = await ReadRangeAsync(command, new() { Objects = _objects }, 100);
        _objects.Files["file.jsonl"] = ItemFilesOfTests.JsonLines(2_001);
        (_, _, StatesError? error) = await ReadRangeAsync(command, new() { Objects = _objects, First = next! }, 100);
        Assert.Equal(ErrorNames.ItemReaderFailed, error!.Name);
    }

    [Theory]
    [InlineData("'InputType':'JSONL'", "{\"id\":1}\n", "no JSON\n", "JSONL: line 20001: ")]
    [InlineData("'InputType':'JSON'", "{\"id\":1},\n", "no JSON]", "JSON: line 20001, column 2: ")]
    public async Task Range_WithAnError_NamesItsLineInTheFile(string config, string good, string bad, string expected)
    {
        _objects.Files["file"] = Encoding.UTF8.GetBytes((config.Contains("JSONL", StringComparison.Ordinal) ? string.Empty : "[") + string.Concat(Enumerable.Repeat(good, 20_000)) + bad);
        StartMapRun command = Command(Get(config, "file"));
        (ItemPosition? next, _, _) = await ReadRangeAsync(command, new() { Objects = _objects }, 100);
        (_, _, StatesError? whole) = await ReadRangeAsync(command, new() { Objects = _objects }, int.MaxValue);
        (_, _, StatesError? range) = await ReadRangeAsync(command, new() { Objects = _objects, First = next! }, int.MaxValue);
        Assert.Contains(expected, whole!.Cause, StringComparison.Ordinal);
        Assert.Equal(whole.Cause, range!.Cause);
    }

    [Fact]
    public async Task Outages_ManyInOneFile_ContinueWhereTheReadingWas()
    {
        byte[] file = ItemFilesOfTests.JsonLines(100_000);
        _objects.Files["file.jsonl"] = file;
        StartMapRun command = Command(Get("'InputType':'JSONL'", "file.jsonl"));
        (IReadOnlyList<string> whole, _) = await ReadAsync(command, _objects, int.MaxValue);
        for (int outage = 0; outage < 15; outage++)
        {
            _objects.Outages.Enqueue(200_000);
        }

        var counted = new CountedObjects(_objects);
        (IReadOnlyList<string> read, _) = await ReadAsync(command, counted, int.MaxValue);
        Assert.Equal(whole, read);
        Assert.InRange(counted.Bytes, file.Length, file.Length + (15 * BytesPerRange));
        Assert.Empty(_objects.Outages);
    }

    private static async Task<(IReadOnlyList<string> Children, int Ranges)> ReadAsync(StartMapRun command, IObjectStore objects, int size, IObjectStore? copies = null)
    {
        var children = new List<string>();
        ItemPosition? next = ItemPosition.Start;
        int ranges = 0;
        for (; next is not null; ranges++)
        {
            // A position is part of a message.
            ItemPosition first = JsonSerializer.Deserialize<ItemPosition>(JsonSerializer.Serialize(next))!;
            Assert.Equal(next, first);
            (next, IReadOnlyList<string> read, StatesError? error) = await ReadRangeAsync(command, new() { Objects = objects, First = first, Copies = copies }, size);
            Assert.Null(error?.Cause);
            children.AddRange(read);
        }

        return (children, ranges);
    }

    /// <summary>Reads as many children as a range takes, and those behind them up to where another one can begin.</summary>
    private static async Task<(ItemPosition? Next, IReadOnlyList<string> Children, StatesError? Error)> ReadRangeAsync(StartMapRun command, ItemReading reading, int size)
    {
        ExecutionStart parent = Runs.Of("a");
        var children = new List<string>();
        ItemPosition? end = null;
        Outcome<bool> read = await new ChildReader(command, new MapRunNames(parent, command), parent, new WithoutPauses()).ReadAsync(
            reading,
            (child, next, _) =>
            {
                children.Add(string.Create(CultureInfo.InvariantCulture, $"{child.Items} {child.Input} {child.Context}"));
                end = children.Count >= size && next is not null && !next.IsInRecordOf(reading.First) ? next : null;
                return ValueTask.FromResult(end is null);
            },
            Cancelled);
        return (end, children, read.Error);
    }

    private static string Get(string config, string key) =>
        "'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','ReaderConfig':{" + config + "},'Parameters':{'Bucket':'data','Key':'" + key + "'}}";

    private static string List(string config, string prefix) =>
        "'ItemReader':{'Resource':'arn:aws:states:::s3:listObjectsV2'," + (config.Length == 0 ? string.Empty : "'ReaderConfig':{" + config + "},") + "'Parameters':{'Bucket':'data','Prefix':'" + prefix + "'}}";

    private static StartMapRun Command(string fields) => WorkflowExecution.Start(
        Runs.Machine("{'StartAt':'M','States':{'M':{'Type':'Map'," + fields + """
            ,'End':true,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'EXPRESS'},
            'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}}}}}
            """),
        Runs.Of("a")).Turn.Commands.OfType<StartMapRun>().Single();

    private async Task AddFilesAsync(string source)
    {
        switch (source)
        {
            case "csv" or "csv-given" or "gzip":
                _objects.Files["file.csv"] = ItemFilesOfTests.Csv(3_000);
                _objects.Files["file.csv.gz"] = ItemFilesOfTests.Gzip(ItemFilesOfTests.Csv(3_000));
                break;
            case "csv-crlf":
                _objects.Files["crlf.csv"] = ItemFilesOfTests.Csv(3_000, "\r\n\r\n");
                break;
            case "csv-mark":
                _objects.Files["mark.csv"] = [.. Encoding.UTF8.Preamble, .. ItemFilesOfTests.Csv(3_000)];
                break;
            case "csv-damaged":
                // Bytes that are no UTF-8, at the ends of rows and of buffers.
                byte[] rows = ItemFilesOfTests.Csv(700);
                for (int at = 20; at < rows.Length; at += 97)
                {
                    rows[at] = rows[at] is (byte)'"' or (byte)'\n' or (byte)',' ? rows[at] : (byte)(0xC0 + (at % 64));
                }

                _objects.Files["damaged.csv"] = rows;
                break;
            case "jsonl" or "most":
                _objects.Files["file.jsonl"] = ItemFilesOfTests.JsonLines(3_000);
                break;
            case "json":
                _objects.Files["array.json"] = Encoding.UTF8.GetBytes(ItemFilesOfTests.JsonArray(3_000));
                break;
            case "json-pointer":
                _objects.Files["nested.json"] = Encoding.UTF8.GetBytes(
                    "\uFEFF{\"x\":[1],\"a\":[[],{\"c\":{},\"b\":" + ItemFilesOfTests.JsonArray(600) + ",\"d\":1},2],\"y\":{}}");
                break;
            case "parquet":
                _objects.Files["file.parquet"] = await ItemFilesOfTests.ParquetAsync(10, 100);
                break;
            case "inventory":
                _objects.Files["manifest.json"] = "{\"fileSchema\":\"a,b\",\"fileFormat\":\"CSV\",\"files\":[{\"key\":\"1.csv\"},{\"key\":\"2.csv.gz\"},{\"key\":\"3.csv\"}]}"u8.ToArray();
                _objects.Files["1.csv"] = ItemFilesOfTests.Csv(500, header: string.Empty);
                _objects.Files["2.csv.gz"] = ItemFilesOfTests.Gzip(ItemFilesOfTests.Csv(500, header: string.Empty));
                _objects.Files["3.csv"] = ItemFilesOfTests.Csv(500, header: string.Empty);
                break;
            case "athena":
                _objects.Files["manifest.txt"] = "s3://data/1.csv\ns3://data/2.jsonl\ns3://data/3.parquet"u8.ToArray();
                _objects.Files["1.csv"] = ItemFilesOfTests.Csv(500);
                _objects.Files["2.jsonl"] = ItemFilesOfTests.JsonLines(500);
                _objects.Files["3.parquet"] = await ItemFilesOfTests.ParquetAsync(3, 50);
                break;
            case "list":
                for (int file = 0; file < 234; file++)
                {
                    _objects.Files[string.Create(CultureInfo.InvariantCulture, $"list/{file:D4}")] = new byte[file];
                }

                break;
            default:
                for (int file = 0; file < 23; file++)
                {
                    _objects.Files[string.Create(CultureInfo.InvariantCulture, $"flat/{file:D4}")] = ItemFilesOfTests.JsonLines(file * 3);
                }

                break;
        }
    }

    /// <summary>A clock whose timers are due at once.</summary>
    private sealed class WithoutPauses : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
