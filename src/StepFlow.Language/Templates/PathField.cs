using StepFlow.Language.Compilation;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary>A field that is the value at a path of the state's effective input. Its name ends with Path.</summary>
public abstract class PathField<T>(PathExpression path, EffectiveInput input) : Field<T>
{
    /// <summary>The path, for messages.</summary>
    private protected PathExpression Path => path;

    public sealed override Outcome<T> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> source = input.Read(scope);
        return !source.IsSuccess ? source.Error
            : path.Find(scope, source.Value) is { } value ? Convert(scope, value)
            : Missing(scope, source.Value);
    }

    /// <summary>The field's value, or the failure of one that it does not take.</summary>
    private protected abstract Outcome<T> Convert(StateScope scope, JsonValue value);

    /// <summary>The failure of a path that selects nothing.</summary>
    private protected abstract StatesError Missing(StateScope scope, JsonValue source);
}
