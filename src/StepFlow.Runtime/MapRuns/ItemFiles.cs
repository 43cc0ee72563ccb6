using System.IO.Compression;
using StepFlow.Runtime.Documents;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Reads the files that items are in, from the position of the sink on; those named <c>.gz</c> are decompressed.</summary>
/// <param name="copies">Stores decompressed copies of files; null for none.</param>
/// <param name="config">How they are read.</param>
/// <param name="maxBytes">Bytes that a file of items may have, decompressed.</param>
internal sealed class ItemFiles(RepeatedObjectStore objects, RepeatedObjectStore? copies, ReaderConfig config, long maxBytes)
{
    private const int MaxManifestBytes = 64 * 1024 * 1024;

    /// <summary>Reads the items of a file.</summary>
    /// <param name="type">Its type: <c>CSV</c>, <c>JSON</c>, <c>JSONL</c> or <c>PARQUET</c>.</param>
    /// <exception cref="ItemReaderException">The file does not have the form of its type, or is too large.</exception>
    /// <exception cref="ObjectStoreException">It cannot be read.</exception>
    public Task ReadAsync(ObjectAddress address, string? type, ItemSink items, CancellationToken cancellationToken) =>
        ReadAsync(address, type, config, items, cancellationToken);

    /// <summary>Reads the items of a CSV file whose columns are known.</summary>
    public Task ReadRowsAsync(ObjectAddress address, IReadOnlyList<string> columns, ItemSink items, CancellationToken cancellationToken) =>
        ReadAsync(address, "CSV", new() { HeadersGiven = true, Headers = columns }, items, cancellationToken);

    /// <summary>Reads a small file as a whole.</summary>
    /// <returns>Its content, decompressed, and its version.</returns>
    public async Task<(byte[] Content, string Version)> ReadWholeAsync(ObjectAddress address, string? version, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await objects.ReadAsync(address, new ObjectSlice(Version: version), async (content, token) =>
        {
            whole.SetLength(0);
            version = content.Version;
            await ReadPlainAsync(address, content.Stream, 0, MaxManifestBytes, (plain, reading) => plain.CopyToAsync(whole, reading), token);
        }, cancellationToken);
        return (whole.ToArray(), version!);
    }

    private async Task ReadAsync(ObjectAddress address, string? type, ReaderConfig reader, ItemSink items, CancellationToken cancellationToken)
    {
        string source = $"s3://{address.Bucket}/{address.Key}";
        switch (type)
        {
            case "CSV":
                var rows = new CsvItems(reader, source, items);
                if (rows.NeedsHeaders)
                {
                    await OpenAsync(address, items, static () => 0, rows.ReadHeadersAsync, cancellationToken);
                }

                await OpenAsync(address, items, rows.ReadAsync, cancellationToken);
                break;
            case "JSONL":
                await OpenAsync(address, items, new JsonLineItems(source, items).ReadAsync, cancellationToken);
                break;
            case "JSON":
                await OpenAsync(address, items, (content, token) => new JsonItems(reader.ItemsPointer, source, items, objects.MaxItemBytes).ReadAsync(content, token), cancellationToken);
                break;
            case "PARQUET" when IsZipped(address):
                await OpenAsync(address, items, async (content, token) =>
                {
                    await using PartialFile file = await PartialFile.CopyAsync(content, token);
                    await new ParquetItems(source, items).ReadAsync(file, token);
                }, cancellationToken);
                break;
            case "PARQUET":
                await using (PartialFile file = await PartialFile.OpenAsync(objects, address, items.File.Version, maxBytes, cancellationToken))
                {
                    items.Opened(file.Version!);
                    await new ParquetItems(source, items).ReadAsync(file, cancellationToken);
                }

                break;
            default:
                throw new ItemReaderException(MapRunErrors.Unsupported($"files of the type '{type}'"));
        }
    }

    /// <summary>Reads a file from the sink's record on. After an outage in the middle it is read from the record on that was begun last.</summary>
    private Task OpenAsync(ObjectAddress address, ItemSink items, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken) => OpenAsync(
        address,
        items,
        () => items.Record.Offset,
        (content, token) =>
        {
            items.Back();
            return read(content, token);
        },
        cancellationToken);

    private async Task OpenAsync(ObjectAddress address, ItemSink items, Func<long> first, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        bool isZipped = IsZipped(address);
        if (isZipped && copies is not null && items.File.Version is { } version && items.Record.Offset > 0)
        {
            ObjectAddress copy = CopyOf(address, version);
            await CopyAsync(address, version, copy, cancellationToken);
            await copies.ReadAsync(copy, () => new(first()), (content, token) => ReadBoundedAsync(address, content.Stream, maxBytes, read, token), cancellationToken);
            return;
        }

        await objects.ReadAsync(
            address,
            () => new(isZipped ? 0 : first(), Version: items.File.Version),
            async (content, token) =>
            {
                items.Opened(content.Version);
                await (isZipped
                    ? ReadPlainAsync(address, content.Stream, first(), maxBytes, read, token)
                    : ReadBoundedAsync(address, content.Stream, maxBytes, read, token));
            },
            cancellationToken);
    }

    /// <summary>Stores a decompressed copy of a file, if there is none.</summary>
    private async Task CopyAsync(ObjectAddress address, string version, ObjectAddress copy, CancellationToken cancellationToken)
    {
        ObjectPage found = await copies!.ListAsync(copy.Bucket, copy.Key, null, cancellationToken);
        if (found.Objects.Count > 0)
        {
            return;
        }

        // An outage while the file is read ends the writing, which is then repeated as a whole.
        await copies.WriteAsync(
            copy,
            (target, writing) => objects.ReadOnceAsync(
                address,
                new ObjectSlice(Version: version),
                (content, reading) => ReadPlainAsync(address, content.Stream, 0, maxBytes, (plain, token) => plain.CopyToAsync(target, token), reading),
                writing),
            cancellationToken);
    }

    private static ObjectAddress CopyOf(ObjectAddress address, string version) =>
        new("copies", TextHash.Of($"{address.Bucket}\n{address.Key}\n{version}"));

    private static bool IsZipped(ObjectAddress address) => address.Key.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static async Task ReadPlainAsync(
        ObjectAddress address, Stream content, long first, long most, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        if (!IsZipped(address))
        {
            await ReadBoundedAsync(address, content, most, read, cancellationToken);
            return;
        }

        await using var plain = new GZipStream(content, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            await SkipAsync(plain, first, cancellationToken);
            await ReadBoundedAsync(address, plain, most, read, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw new ItemReaderException(MapRunErrors.Malformed("gzip", exception.Message));
        }
    }

    private static async Task ReadBoundedAsync(ObjectAddress address, Stream content, long most, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        await using var bounded = new BoundedStream(content, most, () => new ItemReaderException(MapRunErrors.TooLongFile(address, most)));
        await read(bounded, cancellationToken);
    }

    private static async Task SkipAsync(Stream content, long count, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[64 * 1024];
        while (count > 0 && await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), cancellationToken) is > 0 and var read)
        {
            count -= read;
        }
    }
}
