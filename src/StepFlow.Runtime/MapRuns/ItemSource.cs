using StepFlow.Execution.Commands;

namespace StepFlow.Runtime.MapRuns;

/// <summary>The items of a Map Run: from the command, or from where the ItemReader points.</summary>
/// <param name="reading">Where items are read, and from which one on.</param>
/// <param name="clock">The clock of the pauses in which an outage is waited out.</param>
internal sealed class ItemSource(StartMapRun command, ItemReading reading, TimeProvider clock)
{
    private readonly ReaderConfig _config = ReaderConfig.From(command.ReaderConfig);
    private readonly JsonObject _arguments = command.ReaderArguments as JsonObject ?? JsonObject.Empty;

    /// <summary>Reads the items.</summary>
    /// <param name="pass">Receives the items in portions, in their order. False ends the reading.</param>
    /// <returns>Whether these were all.</returns>
    /// <exception cref="MapItemsException">They cannot be read.</exception>
    public async Task<bool> ReadAsync(Func<IReadOnlyList<MapItem>, CancellationToken, ValueTask<bool>> pass, CancellationToken cancellationToken)
    {
        long first = reading.First.Item;
        if (command.State.ItemReader is null)
        {
            IReadOnlyList<MapItem> given = MapItem.From(command.Items ?? JsonArray.Empty, MapItem.StateData)
                ?? throw new ItemReaderException(MapRunErrors.NotIterable);
            return await pass(first == 0 ? given : given.Skip((int)first).ToArray(), cancellationToken);
        }

        if (reading.Objects is null)
        {
            throw new ItemReaderException(MapRunErrors.NoObjectStore);
        }

        var objects = new RepeatedObjectStore(reading.Objects, clock);
        var files = new ItemFiles(objects, reading.Copies is null ? null : new RepeatedObjectStore(reading.Copies, clock), _config, reading.MaxBytes);
        var items = new ItemSink(_config.MaxItems ?? long.MaxValue, reading.MaxBytes, pass, reading.First);
        try
        {
            await ReadAsync(objects, files, items, cancellationToken);
        }
        catch (ObjectStoreException refusal)
        {
            throw new ItemReaderException(refusal.Message);
        }

        await items.FlushAllAsync(cancellationToken);
        return !items.IsEnded;
    }

    private Task ReadAsync(RepeatedObjectStore objects, ItemFiles files, ItemSink items, CancellationToken cancellationToken)
    {
        string bucket = Text("Bucket") ?? throw new ItemReaderException(MapRunErrors.Missing("Bucket"));
        if (command.State.ItemReader!.Resource.Action == "listObjectsV2")
        {
            return new ListedItems(objects, files, _config, items).ReadAsync(bucket, Text("Prefix") ?? string.Empty, cancellationToken);
        }

        var address = new ObjectAddress(bucket, Text("Key") ?? throw new ItemReaderException(MapRunErrors.Missing("Key")), Text("VersionId"));
        return _config.InputType == "MANIFEST"
            ? ReadManifestAsync(files, address, items, cancellationToken)
            : files.ReadAsync(address, _config.InputType, items, cancellationToken);
    }

    private string? Text(string name) => _arguments.Text(name);

    /// <summary>A manifest names the files that hold the items: an S3 inventory's as JSON with a schema, an Athena query's as one address a line.</summary>
    private async Task ReadManifestAsync(ItemFiles files, ObjectAddress address, ItemSink items, CancellationToken cancellationToken)
    {
        (byte[] text, string version) = await files.ReadWholeAsync(address, items.File.Manifest, cancellationToken);
        Manifest manifest = _config.ManifestType == "ATHENA_DATA"
            ? Manifest.FromAthena(text, _config.InputType == "MANIFEST" ? null : _config.InputType)
            : Manifest.FromInventory(text, address.Bucket);
        for (int number = items.File.Number; number < manifest.Files.Count && !items.IsFull; number++)
        {
            if (items.File.Manifest is null || items.File.Number != number)
            {
                items.Begin(new ItemFile { Manifest = version, Number = number }, default);
            }

            ObjectAddress file = manifest.Files[number];
            await (manifest.Columns is { } columns
                ? files.ReadRowsAsync(file, columns, items, cancellationToken)
                : files.ReadAsync(file, manifest.FileType(file), items, cancellationToken));
        }
    }
}
