using System.IO.Compression;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Reads the files that items are in; those named <c>.gz</c> are decompressed.</summary>
/// <param name="objects">Where the files are.</param>
/// <param name="config">How they are read.</param>
/// <param name="maxBytes">Bytes that a file of items may have, decompressed.</param>
internal sealed class ItemFiles(IObjectStore objects, ReaderConfig config, long maxBytes)
{
    private const int MaxManifestBytes = 64 * 1024 * 1024;

    /// <summary>Reads the items of a file.</summary>
    /// <param name="address">The file.</param>
    /// <param name="type">Its type: <c>CSV</c>, <c>JSON</c>, <c>JSONL</c> or <c>PARQUET</c>.</param>
    /// <param name="items">Takes the items.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ItemReaderException">The file is not what its type says, or too large.</exception>
    /// <exception cref="ObjectStoreException">It cannot be read.</exception>
    public Task ReadAsync(ObjectAddress address, string? type, ItemSink items, CancellationToken cancellationToken) =>
        ReadAsync(address, type, config, items, cancellationToken);

    /// <summary>Reads the items of a CSV file whose columns are known.</summary>
    public Task ReadRowsAsync(ObjectAddress address, IReadOnlyList<string> columns, ItemSink items, CancellationToken cancellationToken) =>
        ReadAsync(address, "CSV", new() { HeadersGiven = true, Headers = columns }, items, cancellationToken);

    /// <summary>Reads a small file as a whole.</summary>
    public async Task<byte[]> ReadWholeAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await OpenAsync(address, MaxManifestBytes, async (content, token) =>
        {
            whole.SetLength(0);
            await content.CopyToAsync(whole, token);
        }, cancellationToken);
        return whole.ToArray();
    }

    private Task ReadAsync(ObjectAddress address, string? type, ReaderConfig reader, ItemSink items, CancellationToken cancellationToken)
    {
        string source = $"s3://{address.Bucket}/{address.Key}";
        long start = items.Position;
        return OpenAsync(address, maxBytes, async (content, token) =>
        {
            // After an outage in the middle the file is read again.
            items.BackTo(start);
            await (type switch
            {
                "CSV" => CsvItems.ReadAsync(content, reader, source, items, token),
                "JSONL" => JsonLineItems.ReadAsync(content, source, items, token),
                "JSON" => new JsonItems(reader.ItemsPointer, source, items, objects.MaxItemBytes).ReadAsync(content, token),
                "PARQUET" => new ParquetItems(source, items).ReadAsync(content, token),
                _ => throw new ItemReaderException(MapRunErrors.Unsupported($"files of the type '{type}'")),
            });
        }, cancellationToken);
    }

    private Task OpenAsync(ObjectAddress address, long most, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken) => objects.ReadAsync(
        address,
        async (content, token) =>
        {
            bool isZipped = address.Key.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            await using Stream plain = isZipped ? new GZipStream(content, CompressionMode.Decompress, leaveOpen: true) : content;
            await using var bounded = new BoundedStream(plain, most, () => new ItemReaderException(MapRunErrors.TooLongFile(address, most)));
            try
            {
                await read(bounded, token);
            }
            catch (InvalidDataException exception) when (isZipped)
            {
                throw new ItemReaderException(MapRunErrors.Malformed("gzip", exception.Message));
            }
        },
        cancellationToken);
}
