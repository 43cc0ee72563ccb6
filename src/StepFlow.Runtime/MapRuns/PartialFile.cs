using System.Buffers.Binary;
using StepFlow.Integrations.Processes;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// A Parquet file of which only some parts are read: its beginning, its footer, and the requested row groups. The
/// parts are in a temporary file, at their offsets. The library reads it like the whole file.
/// </summary>
internal sealed class PartialFile : IAsyncDisposable
{
    private const int HeadBytes = 4;
    private const int TailBytes = 64 * 1024;
    private const int FooterEnd = 8;

    private readonly ProcessFolder _folder = ProcessFolder.Create();
    private readonly RepeatedObjectStore? _objects;
    private readonly ObjectAddress? _address;

    private PartialFile(RepeatedObjectStore? objects, ObjectAddress? address, string? version)
    {
        _objects = objects;
        _address = address;
        Version = version;
        Content = new FileStream(
            _folder.PathOf("items.parquet"),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous });
    }

    /// <summary>The file, with holes.</summary>
    public FileStream Content { get; }

    /// <summary>Its version; null where the whole file is here.</summary>
    public string? Version { get; private set; }

    /// <summary>Whether all of it is here, and was read from its beginning.</summary>
    public bool IsWhole => _objects is null;

    /// <summary>Where its footer begins.</summary>
    public long FooterStart { get; private set; }

    /// <summary>Opens a file: its beginning and its footer are read.</summary>
    /// <param name="most">Bytes that it may have.</param>
    /// <exception cref="ItemReaderException">It is too large.</exception>
    /// <exception cref="ObjectStoreException">It cannot be read.</exception>
    public static async Task<PartialFile> OpenAsync(RepeatedObjectStore objects, ObjectAddress address, string? version, long most, CancellationToken cancellationToken)
    {
        var file = new PartialFile(objects, address, version);
        try
        {
            await file.FillAsync(0, HeadBytes, cancellationToken);
            long size = file.Content.Length;
            if (size > most)
            {
                throw new ItemReaderException(MapRunErrors.TooLongFile(address, most));
            }

            long tail = Math.Max(0, size - TailBytes);
            await file.FillAsync(tail, size, cancellationToken);
            file.FooterStart = await file.FindFooterAsync(cancellationToken);
            await file.FillAsync(file.FooterStart, tail, cancellationToken);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>A file that can only be read from its beginning, as a whole.</summary>
    public static async Task<PartialFile> CopyAsync(Stream content, CancellationToken cancellationToken)
    {
        var file = new PartialFile(null, null, null);
        try
        {
            await content.CopyToAsync(file.Content, cancellationToken);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads a part of the file.</summary>
    /// <param name="first">Its first byte.</param>
    /// <param name="end">The byte behind its last one; nothing is read where it is not behind the first.</param>
    /// <exception cref="ObjectStoreException">It cannot be read.</exception>
    public async Task FillAsync(long first, long end, CancellationToken cancellationToken)
    {
        if (IsWhole || end <= first)
        {
            return;
        }

        await _objects!.ReadAsync(_address!, new ObjectSlice(first, end - first, Version), async (content, token) =>
        {
            Version = content.Version;
            if (Content.Length != content.Size)
            {
                Content.SetLength(content.Size);
            }

            Content.Position = first;
            await content.Stream.CopyToAsync(Content, token);
        }, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The footer's length is in the last eight bytes, before the magic number. If the file is not Parquet, it can be any number.</summary>
    private async Task<long> FindFooterAsync(CancellationToken cancellationToken)
    {
        if (Content.Length < FooterEnd)
        {
            return Content.Length;
        }

        byte[] end = new byte[FooterEnd];
        Content.Position = Content.Length - FooterEnd;
        await Content.ReadExactlyAsync(end, cancellationToken);
        return Math.Clamp(Content.Length - FooterEnd - BinaryPrimitives.ReadUInt32LittleEndian(end), 0, Content.Length);
    }
}
