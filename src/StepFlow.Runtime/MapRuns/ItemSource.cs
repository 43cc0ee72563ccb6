using StepFlow.Execution.Commands;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>The items of a Map Run: from the command, or from where the ItemReader points.</summary>
internal sealed class ItemSource(StartMapRun command, IObjectStore? objects)
{
    private readonly ReaderConfig _config = ReaderConfig.From(command.ReaderConfig);
    private readonly JsonObject _arguments = command.ReaderArguments as JsonObject ?? JsonObject.Empty;

    /// <summary>The items; or why they cannot be read.</summary>
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

        var items = new ItemList(_config.MaxItems ?? long.MaxValue, objects.MaxItemBytes);
        try
        {
            await ReadAsync(new ItemFiles(objects, _config), items, cancellationToken);
            return items.Items;
        }
        catch (Exception refusal) when (refusal is ObjectStoreException or ItemReaderException)
        {
            return MapRunErrors.ReaderFailed(refusal.Message);
        }
    }

    private Task ReadAsync(ItemFiles files, ItemList items, CancellationToken cancellationToken)
    {
        string bucket = Text("Bucket") ?? throw new ItemReaderException(MapRunErrors.Missing("Bucket"));
        if (command.State.ItemReader!.Resource.Action == "listObjectsV2")
        {
            return ListAsync(files, bucket, items, cancellationToken);
        }

        var address = new ObjectAddress(bucket, Text("Key") ?? throw new ItemReaderException(MapRunErrors.Missing("Key")), Text("VersionId"));
        return _config.InputType == "MANIFEST"
            ? ReadManifestAsync(files, address, items, cancellationToken)
            : files.ReadAsync(address, _config.InputType, items, cancellationToken);
    }

    private string? Text(string name) => (_arguments[name] as JsonString)?.Value;

    private async Task ListAsync(ItemFiles files, string bucket, ItemList items, CancellationToken cancellationToken)
    {
        foreach (ObjectSummary summary in await objects!.ListAsync(bucket, Text("Prefix") ?? string.Empty, cancellationToken))
        {
            if (items.IsFull)
            {
                break;
            }

            if (_config.Transformation == "LOAD_AND_FLATTEN")
            {
                await files.ReadAsync(new(bucket, summary.Key), _config.InputType, items, cancellationToken);
                continue;
            }

            items.Add(null, ToItem(summary), $"s3://{bucket}", summary.Key.Length);
        }
    }

    private static JsonObject ToItem(ObjectSummary summary) => JsonObject.Create(
        ("Etag", summary.ETag),
        ("Key", summary.Key),
        ("LastModified", summary.LastModified.ToUnixTimeSeconds()),
        ("Size", summary.Size),
        ("StorageClass", summary.StorageClass));

    /// <summary>A manifest names the files that hold the items: an S3 inventory's as JSON with a schema, an Athena query's as one address a line.</summary>
    private async Task ReadManifestAsync(ItemFiles files, ObjectAddress address, ItemList items, CancellationToken cancellationToken)
    {
        byte[] text = await files.ReadWholeAsync(address, cancellationToken);
        Manifest manifest = _config.ManifestType == "ATHENA_DATA"
            ? Manifest.FromAthena(text, _config.InputType == "MANIFEST" ? null : _config.InputType)
            : Manifest.FromInventory(text, address.Bucket);
        foreach (ObjectAddress file in manifest.Files)
        {
            if (items.IsFull)
            {
                break;
            }

            await (manifest.Columns is { } columns
                ? files.ReadRowsAsync(file, columns, items, cancellationToken)
                : files.ReadAsync(file, manifest.FileType(file), items, cancellationToken));
        }
    }
}
