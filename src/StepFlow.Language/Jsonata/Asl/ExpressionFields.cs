using StepFlow.Language.Compilation;
using StepFlow.Language.Templates;

namespace StepFlow.Language.Jsonata.Asl;

/// <summary>A text given by an expression: <c>Error</c>, <c>Cause</c>.</summary>
public sealed class JsonataText(AslExpression expression) : ExpressionField<string>(expression)
{
    private protected override Outcome<string> Convert(StateScope scope, JsonValue value) =>
        value is JsonString { Value: var text } ? text : Expression.WrongType("string", value);
}

/// <summary>A number given by an expression.</summary>
/// <param name="rule">The field's range.</param>
public sealed class JsonataNumber(NumberRule rule, AslExpression expression) : ExpressionField<double>(expression)
{
    private protected override Outcome<double> Convert(StateScope scope, JsonValue value)
    {
        if (value is not JsonNumber number || (rule.IsInteger && !number.TryGetInt64(out _)))
        {
            return Expression.WrongType(rule.IsInteger ? "integer" : "number", value);
        }

        return rule.Check(number.ToDouble()) is { } error
            ? error with { Name = ErrorNames.QueryEvaluationError, EvaluationLocation = Expression.Field }
            : number.ToDouble();
    }
}

/// <summary>A value given by a template: <c>ItemSelector</c>, <c>Credentials</c>, <c>BatchInput</c>, an ItemReader's Arguments.</summary>
public sealed class JsonataValue(AslTemplate template) : Field<JsonValue>
{
    public override Outcome<JsonValue> Evaluate(StateScope scope) => template.Evaluate(AslScope.Plain(scope)).Bounded();
}

/// <summary><c>Items</c> of a Map, by an expression.</summary>
/// <param name="isDistributed">Whether the Map is distributed.</param>
public sealed class JsonataItems(AslExpression expression, bool isDistributed) : ExpressionField<JsonValue>(expression)
{
    private protected override Outcome<JsonValue> Convert(StateScope scope, JsonValue value) =>
        MapItems.Are(value, isDistributed) ? value : Expression.WrongType("array", value);
}

/// <summary><c>Items</c> of a Map without it: the state's input.</summary>
/// <param name="isDistributed">Whether the Map is distributed.</param>
public sealed class InputItems(bool isDistributed) : Field<JsonValue>
{
    public override Outcome<JsonValue> Evaluate(StateScope scope) => MapItems.Are(scope.Input, isDistributed)
        ? scope.Input
        : new StatesError(ErrorNames.QueryEvaluationError, $"Map state input must be an array but was: {scope.Input}");
}

/// <summary>A <c>Condition</c> of a Choice rule.</summary>
public sealed class JsonataCondition(AslExpression expression) : ExpressionField<bool>(expression)
{
    private protected override Outcome<bool> Convert(StateScope scope, JsonValue value) =>
        value is JsonBoolean { Value: var holds } ? holds : Expression.WrongType("boolean", value);
}

/// <summary><c>Seconds</c> of a Wait, by an expression: a whole number from 0.</summary>
public sealed class JsonataSecondsWait(AslExpression expression) : ExpressionField<DateTimeOffset>(expression)
{
    private protected override Outcome<DateTimeOffset> Convert(StateScope scope, JsonValue value) =>
        value is not JsonNumber number || !number.TryGetInt64(out long seconds) ? Expression.WrongType("integer", value)
        : seconds < 0 ? Expression.Failure($"returned a negative value: {seconds}")
        : SecondsWait.After(scope, seconds);
}

/// <summary><c>Timestamp</c> of a Wait, by an expression.</summary>
public sealed class JsonataTimestampWait(AslExpression expression) : ExpressionField<DateTimeOffset>(expression)
{
    private protected override Outcome<DateTimeOffset> Convert(StateScope scope, JsonValue value) =>
        value is not JsonString { Value: var text } ? Expression.WrongType("string", value)
        : IsoTimestamp.TryParse(text, out IsoTimestamp timestamp) ? TimestampWait.Until(scope, timestamp.Instant)
        : FieldErrors.Query(Expression.Field, $"The Timestamp field cannot be parsed as an {IsoTimestamp.FormatName}: {text}");
}
