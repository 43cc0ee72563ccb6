using System.Text.Json;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>
/// A list under construction: a sequence of JSONata, where a sequence of one element counts as that element, or an
/// array that a path must not flatten. Before it is stored in an array or object, it becomes a <see cref="JsonArray"/>.
/// </summary>
internal sealed class Sequence : EngineValue
{
    /// <summary>A sequence without elements; never added to.</summary>
    public static readonly Sequence Empty = new();

    private readonly Evaluator? _evaluator;
    private JsonValue?[] _items = [];
    private JsonArray? _frozen;

    public Sequence(Evaluator evaluator)
    {
        _evaluator = evaluator;
        evaluator.Constructed++;
    }

    public Sequence(Evaluator evaluator, JsonValue? first)
        : this(evaluator)
    {
        _items = [first];
        Count = 1;
    }

    private Sequence()
    {
    }

    public int Count { get; private set; }

    /// <summary>False for an array that was constructed rather than collected.</summary>
    public bool IsSequence { get; init; } = true;

    /// <summary>An array constructor's result: an element of the path's result, not flattened into it.</summary>
    public bool Constructed { get; init; }

    /// <summary>Whether a sequence of one element stays an array, because the expression demands it.</summary>
    public bool KeepSingleton { get; set; }

    /// <summary>Wraps the input of the whole expression where that is an array, so that it counts as one value.</summary>
    public bool OuterWrapper { get; init; }

    public override JsonKind Kind => JsonKind.Array;

    public override long Utf8Length => Freeze().Utf8Length;

    public JsonValue? this[int index] => _items[index];

    public static JsonValue? End(JsonValue? value, SequenceEnd end)
    {
        if (value is not Sequence { IsSequence: true } sequence || end == SequenceEnd.Raw)
        {
            return value;
        }

        sequence.KeepSingleton |= end == SequenceEnd.Keep;
        return sequence.Count switch
        {
            0 => null,
            1 when !sequence.KeepSingleton => sequence._items[0],
            _ => sequence,
        };
    }

    public ReadOnlySpan<JsonValue?> AsSpan() => _items.AsSpan(0, Count);

    public void Add(JsonValue? item)
    {
        if (Count == _items.Length)
        {
            Grow(Count + 1);
        }

        _items[Count++] = item;
    }

    public void AddRange(ReadOnlySpan<JsonValue?> items)
    {
        EnsureCapacity(Count + items.Length);
        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    public void EnsureCapacity(int count)
    {
        if (count > _items.Length)
        {
            Grow(count);
        }
    }

    /// <summary>This list as an array of plain values. Undefined elements and functions become null.</summary>
    public JsonArray Freeze()
    {
        if (_frozen is not null && _frozen.Count == Count)
        {
            return _frozen;
        }

        _evaluator?.Reserve(Evaluator.ReferenceBytes * (long)Count);
        var items = new JsonValue[Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = Plain(_items[i]) ?? Null;
        }

        return _frozen = JsonArray.Adopt(items);
    }

    public static JsonValue? Plain(JsonValue? value)
    {
        if (value is not Sequence sequence)
        {
            return value;
        }

        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return sequence.Freeze();
    }

    public override void WriteTo(Utf8JsonWriter writer) => Freeze().WriteTo(writer);

    private void Grow(int needed)
    {
        if (needed > _evaluator!.MaxItems)
        {
            throw Evaluator.TooLarge();
        }

        int capacity = Math.Max(needed, _items.Length == 0 ? 4 : (int)Math.Min(_items.Length * 2L, _evaluator.MaxItems));
        _evaluator.Reserve(Evaluator.ReferenceBytes * (long)capacity);
        Array.Resize(ref _items, capacity);
    }
}
