namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>One item of a tuple stream: a context and its bindings (<c>@</c>, <c>#</c>, <c>%</c>).</summary>
internal sealed class Tuple(JsonValue? context)
{
    private KeyValuePair<string, JsonValue?>[] _bindings = [];
    private int _count;

    public JsonValue? Context { get; set; } = context;

    public ReadOnlySpan<KeyValuePair<string, JsonValue?>> Bindings => _bindings.AsSpan(0, _count);

    public Tuple Copy()
    {
        var copy = new Tuple(Context) { _bindings = new KeyValuePair<string, JsonValue?>[_count + 1], _count = _count };
        Bindings.CopyTo(copy._bindings);
        return copy;
    }

    /// <summary>Takes over what another tuple binds, its context included.</summary>
    public void Merge(Tuple other)
    {
        Context = other.Context;
        foreach (KeyValuePair<string, JsonValue?> binding in other.Bindings)
        {
            Bind(binding.Key, binding.Value);
        }
    }

    public void Bind(string name, JsonValue? value)
    {
        int at = IndexOf(name);
        if (at < 0)
        {
            at = _count++;
            if (at == _bindings.Length)
            {
                Array.Resize(ref _bindings, at + 2);
            }
        }

        _bindings[at] = new(name, value);
    }

    public bool TryFind(string name, out JsonValue? value)
    {
        int at = IndexOf(name);
        value = at < 0 ? null : _bindings[at].Value;
        return at >= 0;
    }

    private int IndexOf(string name)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_bindings[i].Key == name)
            {
                return i;
            }
        }

        return -1;
    }
}
