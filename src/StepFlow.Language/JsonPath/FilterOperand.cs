namespace StepFlow.Language.JsonPath;

/// <summary>One side of a filter's comparison: a literal, a path from <c>@</c>, or a path from <c>$</c>.</summary>
internal sealed class FilterOperand
{
    private readonly JsonValue? _literal;
    private readonly PathExpression? _path;
    private readonly bool _fromRoot;

    public FilterOperand(JsonValue literal) => _literal = literal;

    public FilterOperand(PathExpression path, bool fromRoot)
    {
        _path = path;
        _fromRoot = fromRoot;
    }

    public bool IsPath => _path is not null;

    /// <summary>Whether it is a literal. Literals are compared as texts, even if they look like numbers.</summary>
    public bool IsLiteral => _literal is not null;

    /// <summary>Whether it is <c>@</c> alone, which no scalar matches ("Paths" in the developer guide).</summary>
    private bool IsItem => !_fromRoot && _path!.Segments.Length == 0;

    /// <summary>The value; null where the path selects nothing.</summary>
    public JsonValue? Evaluate(JsonValue item, PathWalk walk) => _literal
        ?? (IsItem && item is not (JsonObject or JsonArray) ? null : _path!.Find(_fromRoot ? walk.Root : item, walk.Budget));

    /// <summary>Whether the path selects anything: an indefinite path must match at least once.</summary>
    public bool Exists(JsonValue item, PathWalk walk) =>
        Evaluate(item, walk) is { IsNull: false } value && (_path!.IsDefinite || value is JsonArray { Count: > 0 });
}
