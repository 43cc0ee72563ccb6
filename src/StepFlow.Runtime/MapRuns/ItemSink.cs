namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// Receives the items of a reader and passes them on in portions, so that only as many are in memory as the receiver
/// accepts. It has the position of the reading. If a part of a file is read again after an outage, items that were
/// passed on before are ignored.
/// </summary>
/// <param name="most">At most so many items of the run.</param>
/// <param name="maxBytes">Bytes that they may take in all, as text, each at least <see cref="BytesOfOne"/>.</param>
/// <param name="pass">Receives a portion. It can wait until there is room. False ends the reading.</param>
/// <param name="first">Where the reading begins.</param>
internal sealed class ItemSink(long most, long maxBytes, Func<IReadOnlyList<MapItem>, CancellationToken, ValueTask<bool>> pass, ItemPosition first)
{
    /// <summary>What even an empty item takes, with its child's name and index.</summary>
    public const int BytesOfOne = 256;

    /// <summary>Bytes that a single item may have as text.</summary>
    public const int MaxBytesOfOne = 16 * 1024 * 1024;

    private const int PortionItems = 256;
    private const long PortionBytes = 1024 * 1024;

    private List<MapItem> _portion = [];
    private long _portionBytes;
    private long _bytes;
    private long _taken = first.Item;
    private long _recordItem = first.Item - first.Skip;
    private bool _ended;

    /// <summary>The file that is read.</summary>
    public ItemFile File { get; private set; } = first.File;

    /// <summary>The start of the current record. The reading can continue there.</summary>
    public RecordStart Record { get; private set; } = first.Record;

    /// <summary>How many items of the run have come so far: fewer than were passed on while a record is read again.</summary>
    public long Position { get; private set; } = first.Item - first.Skip;

    /// <summary>The number of items that are still needed.</summary>
    public long Remaining => most - Position;

    /// <summary>Whether no more items are needed.</summary>
    public bool IsFull => _ended || Remaining <= 0;

    /// <summary>Whether the reading ended because the receiver needed no more items.</summary>
    public bool IsEnded => _ended;

    /// <summary>Starts another file, or adds data about the current one.</summary>
    public void Begin(ItemFile file, RecordStart record)
    {
        File = file;
        Begin(record);
    }

    /// <summary>Starts a record. A reading can begin with it.</summary>
    public void Begin(RecordStart record)
    {
        Record = record;
        _recordItem = Position;
    }

    /// <summary>Sets the version of the file. Before, its records have that of the position.</summary>
    public void Opened(string version) => File = File.Version == version ? File : File with { Version = version };

    /// <summary>Goes back to the start of the record, which is read again.</summary>
    public void Back() => Position = _recordItem;

    /// <summary>Refuses items that are announced and would be too many, before anything of them is read.</summary>
    /// <exception cref="ItemReaderException">They would take more than allowed.</exception>
    public void Expect(long count)
    {
        if (Math.Min(count, Remaining) * BytesOfOne > maxBytes - _bytes || count > Array.MaxLength)
        {
            throw new ItemReaderException(MapRunErrors.TooManyBytes(Position, maxBytes));
        }
    }

    /// <summary>Adds an item.</summary>
    /// <param name="key">Its key, where the items are the members of an object; else null.</param>
    /// <param name="bytes">Its size as text.</param>
    /// <exception cref="ItemReaderException">The items take more than allowed.</exception>
    public void Add(string? key, JsonValue value, string source, long bytes)
    {
        if (Position++ < _taken)
        {
            return;
        }

        bytes = Math.Max(bytes, BytesOfOne);
        _bytes += bytes;
        if (_bytes > maxBytes)
        {
            throw new ItemReaderException(MapRunErrors.TooManyBytes(_taken, maxBytes));
        }

        var position = new ItemPosition { Item = _taken, Skip = _taken - _recordItem, File = File, Record = Record };
        _portion.Add(new(checked((int)_taken++), key, value, source) { Position = position });
        _portionBytes += bytes;
    }

    /// <summary>Passes the items on, where there are enough for a portion. Called often while a file is read.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) =>
        _portion.Count >= PortionItems || _portionBytes >= PortionBytes ? FlushAllAsync(cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Passes on all items that are left.</summary>
    public async ValueTask FlushAllAsync(CancellationToken cancellationToken)
    {
        if (_portion.Count == 0 || _ended)
        {
            return;
        }

        List<MapItem> portion = _portion;
        _portion = [];
        _portionBytes = 0;
        _ended = !await pass(portion, cancellationToken);
    }
}
