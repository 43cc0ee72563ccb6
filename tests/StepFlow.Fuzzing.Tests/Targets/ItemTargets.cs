using StepFlow.Runtime.MapRuns;

namespace StepFlow.Fuzzing.Tests.Targets;

/// <summary>What the items of distributed Maps are read from.</summary>
internal static class ItemTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("csv", static input => Read(input, static (content, items) => new CsvItems(new(), "s", items).ReadAsync(content, default)), ["a,b\n1,\"x, \"\"y\"\"\"\n\n2\n", "a;b\r\n1;2"]),
        new("json-lines", static input => Read(input, static (content, items) => new JsonLineItems("s", items).ReadAsync(content, default)), ["{\"a\":1}\n\n[2]\r\n3", "x"]),
        new("json-items", static input => Read(input, static (content, items) => new JsonItems("/a/b", "s", items, 1 << 20).ReadAsync(content, default)), ["{\"a\":{\"b\":[1,{\"c\":2}]}}", "{\"x\":[],\"a\":{\"b\":{\"k\":1}}}"]),
        new("manifest", static input => FuzzTarget.MayRefuse<ItemReaderException>(() => Manifest.FromInventory(input, "b")), ["{\"fileFormat\":\"CSV\",\"fileSchema\":\"Bucket, Key\",\"files\":[{\"key\":\"a.csv.gz\"}],\"destinationBucket\":\"arn:aws:s3:::b\"}"]),
        new("athena-manifest", static input => FuzzTarget.MayRefuse<ItemReaderException>(() => Manifest.FromAthena(input, null)), ["s3://b/a%20b.csv\ns3://b/c"]),
    ];

    private static void Read(byte[] input, Func<Stream, ItemSink, Task> read) => FuzzTarget.MayRefuse<ItemReaderException>(() =>
    {
        var items = new ItemSink(1000, 1 << 20, static (_, _) => ValueTask.FromResult(true), ItemPosition.Start);
        using var content = new MemoryStream(input, writable: false);
        read(content, items).GetAwaiter().GetResult();
        items.FlushAllAsync(default).AsTask().GetAwaiter().GetResult();
    });
}
