using StepFlow.Execution.Commands;
using StepFlow.Language.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>The items of a Map Run: from the command, or from where the ItemReader points.</summary>
/// <param name="command">What the execution asked for.</param>
/// <param name="objects">Where items are read; null where there is no such place.</param>
/// <param name="maxBytes">Bytes that the items of files may take in all, decompressed.</param>
internal sealed class ItemSource(StartMapRun command, IObjectStore? objects, long maxBytes)
{
    private readonly ReaderConfig _config = ReaderConfig.From(command.ReaderConfig);
    private readonly JsonObject _arguments = command.ReaderArguments as JsonObject ?? JsonObject.Empty;

    /// <summary>Reads the items.</summary>
    /// <param name="first">The item from which on they are read.</param>
    /// <param name="pass">Takes them in portions, in their order. False where no more are wanted.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether these were all.</returns>
    /// <exception cref="MapItemsException">They cannot be read.</exception>
    public async Task<bool> ReadAsync(long first, Func<IReadOnlyList<MapItem>, CancellationToken, ValueTask<bool>> pass, CancellationToken cancellationToken)
    {
        if (command.State.ItemReader is null)
        {
            IReadOnlyList<MapItem> given = MapItem.From(command.Items ?? JsonArray.Empty, MapItem.StateData)
                ?? throw new ItemReaderException(MapRunErrors.NotIterable);
            return await pass(first == 0 ? given : given.Skip((int)first).ToArray(), cancellationToken);
        }

        if (objects is null)
        {
            throw new ItemReaderException(MapRunErrors.NoObjectStore);
        }

        var items = new ItemSink(_config.MaxItems ?? long.MaxValue, maxBytes, pass, first);
        try
        {
            await ReadAsync(new ItemFiles(objects, _config, maxBytes), items, cancellationToken);
        }
        catch (ObjectStoreException refusal)
        {
            throw new ItemReaderException(refusal.Message);
        }

        await items.FlushAllAsync(cancellationToken);
        return !items.IsEnded;
    }

    private Task ReadAsync(ItemFiles files, ItemSink items, CancellationToken cancellationToken)
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

    private string? Text(string name) => _arguments.Text(name);

    private async Task ListAsync(ItemFiles files, string bucket, ItemSink items, CancellationToken cancellationToken)
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
            await items.FlushAsync(cancellationToken);
        }
    }

    private static JsonObject ToItem(ObjectSummary summary) => JsonObject.Create(
        ("Etag", summary.ETag),
        ("Key", summary.Key),
        ("LastModified", summary.LastModified.ToUnixTimeSeconds()),
        ("Size", summary.Size),
        ("StorageClass", summary.StorageClass));

    /// <summary>A manifest names the files that hold the items: an S3 inventory's as JSON with a schema, an Athena query's as one address a line.</summary>
    private async Task ReadManifestAsync(ItemFiles files, ObjectAddress address, ItemSink items, CancellationToken cancellationToken)
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
