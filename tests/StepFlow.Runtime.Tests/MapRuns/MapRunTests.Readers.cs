using System.Text;
using Parquet;
using Parquet.Schema;
using StepFlow.Execution;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Tests.InMemory;

namespace StepFlow.Runtime.Tests.MapRuns;

/// <summary>What the readers of items make of files.</summary>
public sealed partial class MapRunTests
{
    [Theory]
    [InlineData("'InputType':'JSON'", "[1,2]", "[1,2]")]
    [InlineData("'InputType':'JSON','ItemsPointer':'/a/0'", """{"a":[[5,6]]}""", "[5,6]")]
    [InlineData("'InputType':'JSON','MaxItems':1", "[1,2]", "[1]")]
    [InlineData("'InputType':'JSONL'", "1\n\n{\"a\":2}\r\n", """[1,{"a":2}]""")]
    [InlineData("'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'", "a,b\n1,\"x,y\"\n2\n", """[{"a":"1","b":"x,y"},{"a":"2","b":""}]""")]
    [InlineData("'InputType':'CSV','CSVHeaderLocation':'GIVEN','CSVHeaders':['p','q'],'CSVDelimiter':'PIPE'", "1|2|3\n", """[{"p":"1","q":"2"}]""")]
    public async Task Run_ItemReader_ReadsTheFile(string config, string content, string expected)
    {
        _objects.Files["data/file"] = Encoding.UTF8.GetBytes(content);
        InMemoryExecution ended = await RunAsync(Reader(config), "{}");
        Assert.Equal(expected, ended.Output?.ToString());
    }

    [Theory]
    [InlineData("'InputType':'JSON'", "7", MapRunErrors.NotIterable)]
    [InlineData("'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'", "a,a\n1,2\n", MapRunErrors.DuplicateCsvHeaders)]
    public async Task Run_UnreadableItems_FailsAsItemReaderFailed(string config, string content, string cause)
    {
        _objects.Files["data/file"] = Encoding.UTF8.GetBytes(content);
        InMemoryExecution ended = await RunAsync(Reader(config), "{}");
        Assert.Equal((ErrorNames.ItemReaderFailed, cause), (ended.Error!.Name, ended.Error.Cause));
    }

    [Fact]
    public async Task Run_MissingFileOrParquet_IsReported()
    {
        InMemoryExecution missing = await RunAsync(Reader("'InputType':'JSON'"), "{}");
        _objects.Files["data/file"] = Encoding.UTF8.GetBytes("no parquet at all");
        InMemoryExecution parquet = await RunAsync(Reader("'InputType':'PARQUET'"), "{}");
        Assert.Contains("NoSuchKey", missing.Error!.Cause, StringComparison.Ordinal);
        Assert.StartsWith("The file is not valid Parquet: ", parquet.Error!.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'InputType':'JSON'", "[1]")]
    [InlineData("'InputType':'JSONL'", "1")]
    [InlineData("'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'", "a\n1\n")]
    [InlineData("'InputType':'MANIFEST','ManifestType':'ATHENA_DATA'", "")]
    public async Task Run_ItemReaderWithVersion_ReadsThatVersionOfTheFile(string config, string content)
    {
        _objects.Files["data/file@old"] = Encoding.UTF8.GetBytes(content);
        _objects.Files["data/file"] = "neither JSON nor a manifest"u8.ToArray();

        InMemoryExecution old = await RunAsync(Reader(config).Replace("'Key':'file'", "'Key':'file','VersionId':'old'", StringComparison.Ordinal), "{}");
        InMemoryExecution missing = await RunAsync(Reader(config).Replace("'Key':'file'", "'Key':'file','VersionId':'none'", StringComparison.Ordinal), "{}");

        Assert.Null(old.Error);
        Assert.Equal((ErrorNames.ItemReaderFailed, MapRunErrors.NoSuchVersion(new("data", "file", "none"))), (missing.Error!.Name, missing.Error.Cause));
    }

    [Fact]
    public async Task Run_ListObjects_GivesWhatTheListingShows()
    {
        _objects.Files["data/in/a"] = new byte[1];
        _objects.Files["data/in/b"] = new byte[2];
        _objects.Files["data/out"] = Array.Empty<byte>();
        InMemoryExecution ended = await RunAsync("'ItemReader':{'Resource':'arn:aws:states:::s3:listObjectsV2','Parameters':{'Bucket':'data','Prefix':'in/'}}", "{}");
        Assert.Equal(["in/a", "in/b"], ((JsonArray)ended.Output!).Select(item => ((JsonString)((JsonObject)item)["Key"]!).Value));
    }

    [Fact]
    public async Task Run_ListedObjectsLoadedAndFlattened_GivesTheItemsInThem()
    {
        _objects.Files["data/in/a"] = "1\n2\n"u8.ToArray();
        _objects.Files["data/in/b"] = "3\n"u8.ToArray();
        InMemoryExecution ended = await RunAsync(
            "'ItemReader':{'Resource':'arn:aws:states:::s3:listObjectsV2','ReaderConfig':{'InputType':'JSONL','Transformation':'LOAD_AND_FLATTEN'},'Parameters':{'Bucket':'data','Prefix':'in/'}}", "{}");
        Assert.Equal("[1,2,3]", ended.Output?.ToString());
    }

    [Fact]
    public async Task Run_AthenaManifest_ReadsItsFiles()
    {
        _objects.Files["data/file"] = "s3://results/part-1.csv\ns3://results/part-2.jsonl\n"u8.ToArray();
        _objects.Files["results/part-1.csv"] = "n\n1\n"u8.ToArray();
        _objects.Files["results/part-2.jsonl"] = "{\"n\":2}\n"u8.ToArray();
        InMemoryExecution ended = await RunAsync(Reader("'InputType':'MANIFEST','ManifestType':'ATHENA_DATA','CSVHeaderLocation':'FIRST_ROW'"), "{}");
        Assert.Equal("""[{"n":"1"},{"n":2}]""", ended.Output?.ToString());
    }

    [Fact]
    public async Task Run_InventoryManifest_ReadsItsFiles()
    {
        _objects.Files["data/file"] = Encoding.UTF8.GetBytes("""{"fileFormat":"CSV","fileSchema":"Bucket, Key","files":[{"key":"part"}]}""");
        _objects.Files["data/part"] = Encoding.UTF8.GetBytes("\"b1\",\"k1\"\n\"b2\",\"k2\"\n");
        InMemoryExecution ended = await RunAsync(Reader("'InputType':'MANIFEST','ManifestType':'S3_INVENTORY'"), "{}");
        Assert.Equal("""[{"Bucket":"b1","Key":"k1"},{"Bucket":"b2","Key":"k2"}]""", ended.Output!.ToString());
    }

    [Theory]
    [InlineData("'InputType':'JSON'", "[", "0", ",", "]")]
    [InlineData("'InputType':'JSONL'", "", "0", "\n", "")]
    [InlineData("'InputType':'CSV','CSVHeaderLocation':'GIVEN','CSVHeaders':['a']", "", "0", "\n", "")]
    public async Task Run_FewCompressedBytesThatAreManyItems_AreRefused(string config, string begin, string item, string between, string end)
    {
        _objects.MaxItemBytes = 1024 * 1024;
        string text = begin + string.Concat(Enumerable.Repeat(item + between, 500_000)) + item + end;
        _objects.Files["data/file.json.gz"] = Zip(text);
        InMemoryExecution ended = await RunAsync(Reader(config).Replace("'Key':'file'", "'Key':'file.json.gz'", StringComparison.Ordinal), "{}");
        Assert.Equal(ErrorNames.ItemReaderFailed, ended.Error!.Name);
        Assert.StartsWith("The first 4096 items have more than 1048576 bytes.", ended.Error.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ParquetFile_GivesItsRows()
    {
        var number = new DataField<long>("n");
        var text = new DataField<string>("t");
        var maybe = new DataField<double?>("d");
        var time = new DataField<DateTime>("at");
        using var file = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(number, text, maybe, time), file, cancellationToken: Cancelled))
        {
            for (long group = 0; group < 2; group++)
            {
                using ParquetRowGroupWriter rows = writer.CreateRowGroup();
                await rows.WriteAsync<long>(number, new[] { group, long.MaxValue }.AsMemory(), cancellationToken: Cancelled);
                await rows.WriteAsync(text, new[] { "größe", null! });
                await rows.WriteAsync<double>(maybe, new double?[] { 1.5, null }.AsMemory(), cancellationToken: Cancelled);
                await rows.WriteAsync<DateTime>(time, new[] { DateTime.UnixEpoch, DateTime.UnixEpoch.AddDays(1) }.AsMemory(), cancellationToken: Cancelled);
                rows.CompleteValidate();
            }
        }

        _objects.Files["data/file"] = file.ToArray();
        InMemoryExecution ended = await RunAsync(Reader("'InputType':'PARQUET','MaxItems':3"), "{}");
        const string Second = """{"n":9223372036854775807,"t":null,"d":null,"at":"1970-01-02T00:00:00.000Z"}""";
        Assert.Equal(
            $$"""[{"n":0,"t":"größe","d":1.5,"at":"1970-01-01T00:00:00.000Z"},{{Second}},{"n":1,"t":"größe","d":1.5,"at":"1970-01-01T00:00:00.000Z"}]""",
            ended.Output?.ToString() ?? ended.Error!.Cause);
    }

    [Fact]
    public async Task Run_CompressedFile_IsRead()
    {
        _objects.Files["data/file.json.gz"] = Zip("""{"skip":[[1,{"a":2}],"x"],"a":[{"b":1},[2],"three",4.50]}""");
        InMemoryExecution ended = await RunAsync(Reader("'InputType':'JSON','ItemsPointer':'/a'").Replace("'Key':'file'", "'Key':'file.json.gz'", StringComparison.Ordinal), "{}");
        Assert.Equal("""[{"b":1},[2],"three",4.50]""", ended.Output!.ToString());
    }

    [Fact]
    public async Task Run_FileLargerThanTheBuffer_GivesEveryItem()
    {
        string[] values = [.. Enumerable.Range(0, 3000).Select(static n => n % 500 == 0 ? $"\"{new string('x', 100_000)}\"" : $"{{\"n\":{n},\"t\":\"größe\"}}")];
        _objects.Files["data/file"] = Encoding.UTF8.GetBytes("\uFEFF[ " + string.Join(" ,\n ", values) + " ]");
        await RunAsync(Reader("'InputType':'JSON'"), "{}");
        Assert.Equal(values.Order(StringComparer.Ordinal), _calls.Select(static call => call.Arguments.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("'InputType':'JSON'", "[1,2", "The file is not valid JSON: line 1, column 5: ")]
    [InlineData("'InputType':'JSON'", "", "The file is not valid JSON: ")]
    [InlineData("'InputType':'JSON','ItemsPointer':'/a/b'", "{\"a\":{\"c\":[1]}}", "The ItemsPointer '/a/b' matches nothing in the file.")]
    [InlineData("'InputType':'JSON','ItemsPointer':'/a/1'", "{\"a\":[[1]]}", "The ItemsPointer '/a/1' matches nothing in the file.")]
    [InlineData("'InputType':'JSONL'", "1\n{", "The file is not valid JSONL: line 2: ")]
    public async Task Run_MalformedFile_ReportsWhere(string config, string content, string cause)
    {
        _objects.Files["data/file"] = Encoding.UTF8.GetBytes(content);
        InMemoryExecution ended = await RunAsync(Reader(config), "{}");
        Assert.Equal(ErrorNames.ItemReaderFailed, ended.Error!.Name);
        Assert.StartsWith(cause, ended.Error.Cause, StringComparison.Ordinal);
    }
}
