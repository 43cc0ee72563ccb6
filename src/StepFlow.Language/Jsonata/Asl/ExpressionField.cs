using StepFlow.Language.Compilation;

namespace StepFlow.Language.Jsonata.Asl;

/// <summary>A field that is the value of an expression.</summary>
public abstract class ExpressionField<T>(AslExpression expression) : Field<T>
{
    /// <summary>The expression, for messages.</summary>
    private protected AslExpression Expression => expression;

    public sealed override Outcome<T> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> value = expression.Evaluate(AslScope.Plain(scope));
        return value.IsSuccess ? Convert(scope, value.Value) : value.Error;
    }

    /// <summary>The field's value, or the failure of one that it does not take.</summary>
    private protected abstract Outcome<T> Convert(StateScope scope, JsonValue value);
}
