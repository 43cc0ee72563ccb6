using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Comparison;

/// <summary>The values that were found for the placeholders of a case. Can be taken back to a mark.</summary>
internal sealed class Bindings
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Stack<string> _order = new();

    public int Mark => _order.Count;

    public bool Bind(string placeholder, JsonValue value) => Bind(placeholder, value is JsonString text ? text.Value : value.ToString());

    public bool Bind(string placeholder, string value)
    {
        if (_values.TryGetValue(placeholder, out string? known))
        {
            return known == value;
        }

        _values.Add(placeholder, value);
        _order.Push(placeholder);
        return true;
    }

    public void TakeBack(int mark)
    {
        while (_order.Count > mark)
        {
            _values.Remove(_order.Pop());
        }
    }
}
