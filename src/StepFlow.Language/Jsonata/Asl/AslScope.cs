namespace StepFlow.Language.Jsonata.Asl;

/// <summary>The data that the JSONata expressions of one state can read. It is made once for all fields that are evaluated together.</summary>
public sealed class AslScope
{
    private readonly StateScope _scope;
    private readonly string? _extraName;
    private readonly JsonValue? _extra;
    private JsonObject? _states;
    private JsonObject? _statesWithContext;

    private AslScope(StateScope scope, string? extraName, JsonValue? extra)
    {
        _scope = scope;
        _extraName = extraName;
        _extra = extra;
        Environment = new()
        {
            Instant = scope.Now,
            Entropy = scope.Entropy,
            Functions = JsonataFunctionSet.Aws,
            Limits = JsonataLimits.Aws,
            Steps = scope.Steps,
        };
    }

    internal JsonataEnvironment Environment { get; }

    internal VariableScope Variables => _scope.Variables;

    /// <summary><c>$states</c> with <c>input</c> and <c>context</c> alone.</summary>
    public static AslScope Plain(StateScope scope) => new(scope, null, null);

    /// <summary>Also with <c>result</c>.</summary>
    public static AslScope WithResult(StateScope scope, JsonValue result) => new(scope, "result", result);

    /// <summary>Also with <c>errorOutput</c>.</summary>
    public static AslScope WithErrorOutput(StateScope scope, JsonValue errorOutput) => new(scope, "errorOutput", errorOutput);

    internal JsonObject States(bool withContext) => withContext
        ? _statesWithContext ??= Build(withContext: true)
        : _states ??= Build(withContext: false);

    private JsonObject Build(bool withContext)
    {
        JsonObjectBuilder builder = new JsonObjectBuilder(3).Set("input", _scope.Input);
        if (_extraName is not null)
        {
            builder.Set(_extraName, _extra!);
        }

        return (withContext ? builder.Set("context", _scope.Context) : builder).Build();
    }
}
