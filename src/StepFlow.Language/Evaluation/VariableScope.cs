namespace StepFlow.Language.Evaluation;

/// <summary>
/// The workflow variables that a state can read: those of its own scope and of the outer scopes. Inner scopes read
/// outer variables but cannot assign them. Immutable. An assignment creates a new scope.
/// </summary>
public sealed class VariableScope
{
    /// <summary>A scope without variables.</summary>
    public static readonly VariableScope Empty = new(null, JsonObject.Empty);

    /// <summary>A scope inside another one.</summary>
    public VariableScope(VariableScope? outer, JsonObject own) => (Outer, Own) = (outer, own);

    /// <summary>The outer scope; null for the scope of the state machine.</summary>
    public VariableScope? Outer { get; }

    /// <summary>The variables assigned in this scope.</summary>
    public JsonObject Own { get; }

    /// <summary>The value of a variable, innermost first; null where it is not assigned.</summary>
    /// <param name="name">The name without the dollar sign.</param>
    public JsonValue? Find(string name)
    {
        for (VariableScope? scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Own[name] is { } value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>This scope after an Assign. All assignments use the values before it.</summary>
    public VariableScope Assign(JsonObject assigned)
    {
        JsonObject own = Own;
        foreach (KeyValuePair<string, JsonValue> variable in assigned.AsSpan())
        {
            own = own.With(variable.Key, variable.Value);
        }

        return new(Outer, own);
    }
}
