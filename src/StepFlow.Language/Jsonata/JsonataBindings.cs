namespace StepFlow.Language.Jsonata;

/// <summary>The variables that an expression starts with, by name without <c>$</c>. Immutable: scopes nest by reference.</summary>
public sealed class JsonataBindings
{
    /// <summary>No variables.</summary>
    public static readonly JsonataBindings Empty = new(new Dictionary<string, JsonValue>());

    private readonly string? _name;
    private readonly JsonValue? _value;
    private readonly IReadOnlyDictionary<string, JsonValue>? _values;
    private readonly JsonataBindings? _outer;

    /// <summary>The variables of a dictionary, which the caller never changes again.</summary>
    public JsonataBindings(IReadOnlyDictionary<string, JsonValue> values) => _values = values;

    private JsonataBindings(string name, JsonValue value, JsonataBindings outer) =>
        (_name, _value, _outer) = (name, value, outer);

    /// <summary>These variables and one more, which hides one of the same name.</summary>
    public JsonataBindings With(string name, JsonValue value) => new(name, value, this);

    /// <summary>The value of a variable; null if it is not bound.</summary>
    public JsonValue? Find(string name)
    {
        for (JsonataBindings? at = this; at is not null; at = at._outer)
        {
            if (at._values is not null)
            {
                if (at._values.TryGetValue(name, out JsonValue? value))
                {
                    return value;
                }
            }
            else if (string.Equals(at._name, name, StringComparison.Ordinal))
            {
                return at._value;
            }
        }

        return null;
    }
}
