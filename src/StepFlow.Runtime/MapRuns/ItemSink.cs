using StepFlow.Language.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// Takes the items that a reader finds and passes them on in portions, so that no more of them is in memory than whoever
/// takes them allows. Where a file is read again after an outage, what was passed on before is left out.
/// </summary>
/// <param name="most">At most so many items.</param>
/// <param name="maxBytes">Bytes that they may take in all, as text, each at least <see cref="BytesOfOne"/>.</param>
/// <param name="pass">Takes a portion; may wait until there is room for it. False where no more are wanted.</param>
/// <param name="first">So many items were taken before, in an earlier reading: they are left out.</param>
internal sealed class ItemSink(long most, long maxBytes, Func<IReadOnlyList<MapItem>, CancellationToken, ValueTask<bool>> pass, long first = 0)
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
    private long _taken = first;
    private bool _ended;

    /// <summary>How many items have come so far in this reading: fewer than were passed on while a file is read again.</summary>
    public long Position { get; private set; }

    /// <summary>How many more items are wanted.</summary>
    public long Remaining => most - Position;

    /// <summary>Whether as many items were read as are wanted.</summary>
    public bool IsFull => _ended || Remaining <= 0;

    /// <summary>Whether the reading ended because no more items were wanted.</summary>
    public bool IsEnded => _ended;

    /// <summary>Goes back to where a file began that is read again.</summary>
    public void BackTo(long position) => Position = position;

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
    /// <param name="value">Its value.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="bytes">What it takes as text.</param>
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

        _portion.Add(new(checked((int)_taken++), key, value, source));
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
