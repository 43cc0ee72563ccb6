using System.IO.Compression;
using StepFlow.Execution.Commands;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>The items of a Map Run: from the command, or from where the ItemReader points.</summary>
internal sealed class ItemSource(StartMapRun command, IObjectStore? objects)
{
    private readonly ReaderConfig _config = ReaderConfig.From(command.ReaderConfig);
    private readonly JsonObject _arguments = command.ReaderArguments as JsonObject ?? JsonObject.Empty;

    private long Most => _config.MaxItems ?? long.MaxValue;

    public async Task<Outcome<List<MapItem>>> ReadAsync(CancellationToken cancellationToken)
    {
        if (command.State.ItemReader is null)
        {
            return MapItem.From(command.Items ?? JsonArray.Empty, MapItem.StateData) is { } given
                ? given
                : MapRunErrors.ReaderFailed(MapRunErrors.NotIterable);
        }

        if (objects is null)
        {
            return MapRunErrors.ReaderFailed(MapRunErrors.NoObjectStore);
        }

        if (Text("Bucket") is not { } bucket)
        {
            return MapRunErrors.ReaderFailed(MapRunErrors.Missing("Bucket"));
        }

        if (command.State.ItemReader.Resource.Action == "listObjectsV2")
        {
            return await ListAsync(bucket, cancellationToken);
        }

        if (Text("Key") is not { } key)
        {
            return MapRunErrors.ReaderFailed(MapRunErrors.Missing("Key"));
        }

        var address = new ObjectAddress(bucket, key, Text("VersionId"));
        Outcome<List<MapItem>> items = _config.InputType == "MANIFEST"
            ? await ReadManifestAsync(address, cancellationToken)
            : await ReadFileAsync(address, _config.InputType, 0, cancellationToken);
        if (items.IsSuccess && items.Value.Count > Most)
        {
            items.Value.RemoveRange((int)Most, items.Value.Count - (int)Most);
        }

        return items;
    }

    private string? Text(string name) => (_arguments[name] as JsonString)?.Value;

    private async Task<Outcome<List<MapItem>>> ListAsync(string bucket, CancellationToken cancellationToken)
    {
        IReadOnlyList<ObjectSummary> found = await objects!.ListAsync(bucket, Text("Prefix") ?? string.Empty, cancellationToken);
        string source = $"s3://{bucket}";
        var items = new List<MapItem>();
        foreach (ObjectSummary summary in found)
        {
            if (items.Count >= Most)
            {
                break;
            }

            if (_config.Transformation != "LOAD_AND_FLATTEN")
            {
                items.Add(new(items.Count, null, ToItem(summary), source));
                continue;
            }

            Outcome<List<MapItem>> content = await ReadFileAsync(new(bucket, summary.Key), _config.InputType, items.Count, cancellationToken);
            if (!content.IsSuccess)
            {
                return content.Error;
            }

            items.AddRange(content.Value);
        }

        if (items.Count > Most)
        {
            items.RemoveRange((int)Most, items.Count - (int)Most);
        }

        return items;
    }

    private static JsonObject ToItem(ObjectSummary summary) => JsonObject.Create(
        ("Etag", summary.ETag),
        ("Key", summary.Key),
        ("LastModified", summary.LastModified.ToUnixTimeSeconds()),
        ("Size", summary.Size),
        ("StorageClass", summary.StorageClass));

    private async Task<Outcome<List<MapItem>>> ReadFileAsync(ObjectAddress address, string? type, int first, CancellationToken cancellationToken)
    {
        if (type is "PARQUET")
        {
            return MapRunErrors.ReaderFailed(MapRunErrors.Unsupported("PARQUET files; use CSV, JSON or JSONL"));
        }

        if (await objects!.ReadAsync(address, cancellationToken) is not { } content)
        {
            return MapRunErrors.ReaderFailed(MapRunErrors.NoSuchKey(address));
        }

        ReadOnlyMemory<byte> bytes = address.Key.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Unzip(content.Bytes) : content.Bytes;
        string source = $"s3://{address.Bucket}/{address.Key}";
        switch (type)
        {
            case "CSV":
                return ToItems(CsvItems.Read(bytes, _config, Most), source, first);
            case "JSONL":
                return ToItems(JsonItems.ReadLines(bytes.Span, Most), source, first);
            case "JSON":
                Outcome<JsonValue> value = JsonItems.Read(bytes.Span, _config.ItemsPointer);
                return value.IsSuccess ? MapItem.From(value.Value, source, first)! : value.Error;
            default:
                return MapRunErrors.ReaderFailed(MapRunErrors.Unsupported($"files of the type '{type}'"));
        }
    }

    /// <summary>A manifest names the files that hold the items: an S3 inventory's as JSON with a schema, an Athena query's as one address a line.</summary>
    private async Task<Outcome<List<MapItem>>> ReadManifestAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        if (await objects!.ReadAsync(address, cancellationToken) is not { } content)
        {
            return MapRunErrors.ReaderFailed(MapRunErrors.NoSuchKey(address));
        }

        Outcome<Manifest> manifest = _config.ManifestType == "ATHENA_DATA"
            ? Manifest.FromAthena(content.Bytes.Span, _config.InputType == "MANIFEST" ? null : _config.InputType)
            : Manifest.FromInventory(content.Bytes.Span, address.Bucket);
        if (!manifest.IsSuccess)
        {
            return manifest.Error;
        }

        var items = new List<MapItem>();
        foreach (ObjectAddress file in manifest.Value.Files)
        {
            if (items.Count >= Most)
            {
                break;
            }

            Outcome<List<MapItem>> rows = await ReadManifestFileAsync(manifest.Value, file, items.Count, cancellationToken);
            if (!rows.IsSuccess)
            {
                return rows.Error;
            }

            items.AddRange(rows.Value);
        }

        return items;
    }

    private async Task<Outcome<List<MapItem>>> ReadManifestFileAsync(Manifest manifest, ObjectAddress file, int first, CancellationToken cancellationToken)
    {
        if (manifest.Columns is not { } columns)
        {
            return await ReadFileAsync(file, manifest.FileType(file), first, cancellationToken);
        }

        if (await objects!.ReadAsync(file, cancellationToken) is not { } content)
        {
            return MapRunErrors.ReaderFailed(MapRunErrors.NoSuchKey(file));
        }

        ReadOnlyMemory<byte> bytes = file.Key.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Unzip(content.Bytes) : content.Bytes;
        return ToItems(
            CsvItems.Read(bytes, new() { HeadersGiven = true, Headers = columns }, Most),
            $"s3://{file.Bucket}/{file.Key}",
            first);
    }

    private static Outcome<List<MapItem>> ToItems(Outcome<IReadOnlyList<JsonValue>> rows, string source, int first) =>
        rows.IsSuccess
            ? rows.Value.Select((row, index) => new MapItem(first + index, null, row, source)).ToList()
            : rows.Error;

    private static byte[] Unzip(ReadOnlyMemory<byte> bytes)
    {
        using var zipped = new GZipStream(new MemoryStream(bytes.ToArray(), writable: false), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zipped.CopyTo(plain);
        return plain.ToArray();
    }
}
