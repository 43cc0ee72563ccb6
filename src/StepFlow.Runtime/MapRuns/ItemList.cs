using StepFlow.Language.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// The items that a Map Run has read so far. They stay in memory until the children have started, so what they take is
/// bounded: a compressed file may hold a thousand times its own size.
/// </summary>
/// <param name="most">At most so many items.</param>
/// <param name="mostBytes">Bytes that they may take, as text, each at least <see cref="BytesOfOne"/>.</param>
internal sealed class ItemList(long most, long mostBytes)
{
    /// <summary>What even an empty item takes, with its child's name and place.</summary>
    public const int BytesOfOne = 256;

    /// <summary>Bytes that a single item may have as text.</summary>
    public const int MostBytesOfOne = 16 * 1024 * 1024;

    private long _bytes;

    public List<MapItem> Items { get; } = [];

    /// <summary>Whether as many items were read as are wanted.</summary>
    public bool IsFull => Items.Count >= most;

    /// <summary>Where the list stands.</summary>
    public Mark Place => new(Items.Count, _bytes);

    /// <summary>Forgets what was added since.</summary>
    public void BackTo(Mark mark)
    {
        Items.RemoveRange(mark.Count, Items.Count - mark.Count);
        _bytes = mark.Bytes;
    }

    /// <summary>Gives an item another value.</summary>
    public void Replace(int index, JsonValue value) => Items[index] = Items[index] with { Value = value };

    /// <summary>Refuses items that are announced and would be too many, before anything of them is read.</summary>
    /// <exception cref="ItemReaderException">They would take more than allowed.</exception>
    public void Expect(long count)
    {
        if (_bytes + (Math.Min(count, most - Items.Count) * BytesOfOne) > mostBytes || count > Array.MaxLength)
        {
            throw new ItemReaderException(MapRunErrors.TooManyBytes(Items.Count, mostBytes));
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
        _bytes += Math.Max(bytes, BytesOfOne);
        if (_bytes > mostBytes)
        {
            throw new ItemReaderException(MapRunErrors.TooManyBytes(Items.Count, mostBytes));
        }

        Items.Add(new(Items.Count, key, value, source));
    }

    /// <summary>A place in the list.</summary>
    public readonly record struct Mark(int Count, long Bytes);
}
