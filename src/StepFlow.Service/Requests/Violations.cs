namespace StepFlow.Service.Requests;

/// <summary>Collects the constraints that a request breaks, and words them as the service does.</summary>
internal sealed class Violations
{
    private readonly List<string> _items = [];

    /// <summary>Adds a broken constraint.</summary>
    public void Add(Shape shape, JsonValue value, string path, string constraint) =>
        _items.Add($"Value {(shape.IsSensitive ? string.Empty : $"'{shape.Display(value)}' ")}at '{path}' failed to satisfy constraint: {constraint}");

    public void AddMissing(string path) => _items.Add($"Value null at '{path}' failed to satisfy constraint: Member must not be null");

    /// <summary>Ends the operation where anything is wrong.</summary>
    /// <exception cref="ApiException">A <c>ValidationException</c> that lists everything.</exception>
    public void ThrowIfAny()
    {
        if (_items.Count > 0)
        {
            throw ApiErrors.Validation($"{_items.Count} validation error{(_items.Count == 1 ? string.Empty : "s")} detected: {string.Join("; ", _items)}");
        }
    }
}
