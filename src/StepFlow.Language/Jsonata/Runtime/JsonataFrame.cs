using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The variables of one scope at run time. The slots of variables are assigned at compile time.</summary>
internal sealed class JsonataFrame
{
    private readonly JsonataFrame? _parent;
    private readonly JsonValue?[]? _more;
    private InlineSlots _inline;

    public JsonataFrame(JsonataFrame? parent, int slots)
    {
        _parent = parent;
        for (int i = 0; i < Math.Min(slots, InlineSlots.Length); i++)
        {
            _inline[i] = EngineValue.Unbound;
        }

        if (slots > InlineSlots.Length)
        {
            _more = new JsonValue?[slots - InlineSlots.Length];
            _more.AsSpan().Fill(EngineValue.Unbound);
        }
    }

    /// <summary>The bindings of the tuple that a step of a tuple stream is evaluated for.</summary>
    public Tuple? Tuple { get; init; }

    public JsonValue? this[int slot]
    {
        get => slot < InlineSlots.Length ? _inline[slot] : _more![slot - InlineSlots.Length];
        set
        {
            if (slot < InlineSlots.Length)
            {
                _inline[slot] = value;
            }
            else
            {
                _more![slot - InlineSlots.Length] = value;
            }
        }
    }

    public JsonataFrame Up(int hops)
    {
        JsonataFrame frame = this;
        for (; hops > 0; hops--)
        {
            frame = frame._parent!;
        }

        return frame;
    }

    /// <summary>Finds a label that a step of an enclosing path bound.</summary>
    public JsonValue? FindLabel(string label)
    {
        for (JsonataFrame? frame = this; frame is not null; frame = frame._parent)
        {
            if (frame.Tuple is not null && frame.Tuple.TryFind(label, out JsonValue? value))
            {
                return value;
            }
        }

        return null;
    }

    [InlineArray(Length)]
    private struct InlineSlots
    {
        public const int Length = 4;

        private JsonValue? _first;
    }
}
