using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Templates;

namespace StepFlow.Language.Jsonata.Asl;

/// <summary>A text given by an expression: <c>Error</c>, <c>Cause</c>.</summary>
public sealed class JsonataText(AslExpression expression) : TextField
{
    public override Outcome<string> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> value = expression.Evaluate(AslScope.Plain(scope));
        return !value.IsSuccess ? value.Error
            : value.Value is JsonString { Value: var text } ? text
            : expression.WrongType("string", value.Value);
    }
}

/// <summary>A number given by an expression.</summary>
/// <param name="rule">The field's range.</param>
public sealed class JsonataNumberField(NumberRule rule, AslExpression expression) : NumberField
{
    public override Outcome<double> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> value = expression.Evaluate(AslScope.Plain(scope));
        if (!value.IsSuccess)
        {
            return value.Error;
        }

        if (value.Value is not JsonNumber number || (rule.IsInteger && !number.TryGetInt64(out _)))
        {
            return expression.WrongType(rule.IsInteger ? "integer" : "number", value.Value);
        }

        return rule.Check(number.ToDouble()) is { } error
            ? error with { Name = ErrorNames.QueryEvaluationError, EvaluationLocation = expression.Field }
            : number.ToDouble();
    }
}

/// <summary>A value given by a template: <c>ItemSelector</c>, <c>Credentials</c>, <c>BatchInput</c>, an ItemReader's Arguments.</summary>
public sealed class JsonataValueField(AslTemplate template) : ValueField
{
    public override Outcome<JsonValue> Evaluate(StateScope scope) => template.Evaluate(AslScope.Plain(scope)).Bounded();
}

/// <summary><c>Items</c> of a Map, by an expression.</summary>
/// <param name="isDistributed">Whether the Map is distributed.</param>
public sealed class JsonataItems(AslExpression expression, bool isDistributed) : ValueField
{
    public override Outcome<JsonValue> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> value = expression.Evaluate(AslScope.Plain(scope));
        return value.IsSuccess && !MapItems.Are(value.Value, isDistributed) ? expression.WrongType("array", value.Value) : value;
    }
}

/// <summary><c>Items</c> of a Map without it: the state's input.</summary>
/// <param name="isDistributed">Whether the Map is distributed.</param>
public sealed class InputItems(bool isDistributed) : ValueField
{
    public override Outcome<JsonValue> Evaluate(StateScope scope) => MapItems.Are(scope.Input, isDistributed)
        ? scope.Input
        : new StatesError(ErrorNames.QueryEvaluationError, $"Map state input must be an array but was: {scope.Input}");
}

/// <summary>A <c>Condition</c> of a Choice rule.</summary>
public sealed class JsonataCondition(AslExpression expression) : ConditionField
{
    public override Outcome<bool> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> value = expression.Evaluate(AslScope.Plain(scope));
        return !value.IsSuccess ? value.Error
            : value.Value is JsonBoolean { Value: var holds } ? holds
            : expression.WrongType("boolean", value.Value);
    }
}

/// <summary>A <c>Condition</c> that is written as true or false.</summary>
public sealed class LiteralCondition(bool holds) : ConditionField
{
    public override Outcome<bool> Evaluate(StateScope scope) => holds;
}

/// <summary><c>Seconds</c> of a Wait, by an expression: a whole number from 0.</summary>
public sealed class JsonataSecondsWait(AslExpression expression) : WaitField
{
    public override Outcome<DateTimeOffset> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> value = expression.Evaluate(AslScope.Plain(scope));
        if (!value.IsSuccess)
        {
            return value.Error;
        }

        if (value.Value is not JsonNumber number || !number.TryGetInt64(out long seconds))
        {
            return expression.WrongType("integer", value.Value);
        }

        return seconds < 0 ? expression.Failure($"returned a negative value: {seconds}") : SecondsWait.After(scope, seconds);
    }
}

/// <summary><c>Timestamp</c> of a Wait, by an expression.</summary>
public sealed class JsonataTimestampWait(AslExpression expression) : WaitField
{
    public override Outcome<DateTimeOffset> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> value = expression.Evaluate(AslScope.Plain(scope));
        if (!value.IsSuccess)
        {
            return value.Error;
        }

        if (value.Value is not JsonString { Value: var text })
        {
            return expression.WrongType("string", value.Value);
        }

        return IsoTimestamp.TryParse(text, out IsoTimestamp timestamp)
            ? TimestampWait.Until(scope, timestamp.Instant)
            : FieldErrors.Query(expression.Field, $"The Timestamp field cannot be parsed as an {IsoTimestamp.FormatName}: {text}");
    }
}
