namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>The values of the <c>#names</c> and <c>:values</c> in a call's expressions, and which of them were used.</summary>
internal sealed class Placeholders(JsonObject? names, JsonObject? values)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public string? Name(string placeholder)
    {
        _used.Add(placeholder);
        return names?[placeholder] is JsonString name ? name.Value : null;
    }

    public JsonValue? Value(string placeholder)
    {
        _used.Add(placeholder);
        return values?[placeholder];
    }

    /// <summary>The problem of the values; null for none.</summary>
    public string? CheckValues() => values?
        .Select(static pair => AttributeValue.Check(pair.Value) is { } problem ? $"ExpressionAttributeValues contains invalid value: {problem} for key {pair.Key}" : null)
        .FirstOrDefault(static problem => problem is not null);

    /// <summary>The problem of unused values; null if all were used. Called after the last expression.</summary>
    public string? CheckUnused() =>
        Unused(names) is { Length: > 0 } unusedNames ? $"Value provided in ExpressionAttributeNames unused in expressions: keys: {{{unusedNames}}}"
        : Unused(values) is { Length: > 0 } unusedValues ? $"Value provided in ExpressionAttributeValues unused in expressions: keys: {{{unusedValues}}}"
        : null;

    private string Unused(JsonObject? given) =>
        string.Join(", ", (given ?? JsonObject.Empty).Select(static pair => pair.Key).Where(key => !_used.Contains(key)));
}
