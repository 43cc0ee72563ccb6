namespace StepFlow.Language.JsonPath;

/// <summary>A state's InputPath, which gives the value for its other paths (Amazon States Language, "InputPath, Parameters, …").</summary>
public sealed class EffectiveInput
{
    /// <summary>The raw input: InputPath absent or <c>$</c>.</summary>
    public static readonly EffectiveInput Raw = new(PathExpression.Root);

    private readonly PathExpression? _path;
    private readonly bool _isRaw;

    /// <summary>The input that a path selects.</summary>
    /// <param name="path">The InputPath; null for the literal <c>null</c>, which gives an empty object.</param>
    public EffectiveInput(PathExpression? path)
    {
        _path = path;
        _isRaw = path is { IsRoot: true };
    }

    /// <summary>Whether it does not read the input's content: it gives the whole input, or an empty object.</summary>
    public bool PassesUnread => _isRaw || _path is null;

    public Outcome<JsonValue> Read(StateScope scope)
    {
        if (_isRaw)
        {
            return scope.Input;
        }

        if (_path is null)
        {
            return JsonObject.Empty;
        }

        return _path.Find(scope, scope.Input) is { } value ? value : PathErrors.InvalidPath(_path, scope, scope.Input);
    }
}
