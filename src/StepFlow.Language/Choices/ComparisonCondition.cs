using StepFlow.Language.Compilation;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Choices;

/// <summary>A comparison of the value at <c>Variable</c> (Amazon States Language, "Data-test expression").</summary>
public sealed class ComparisonCondition : Field<bool>
{
    private readonly PathExpression _variable;
    private readonly ComparisonOperator _comparison;
    private readonly EffectiveInput _input;
    private readonly JsonValue? _operand;
    private readonly PathExpression? _operandPath;

    /// <summary>A comparison with a literal.</summary>
    public ComparisonCondition(PathExpression variable, ComparisonOperator comparison, JsonValue operand, EffectiveInput input)
        : this(variable, comparison, input) => _operand = operand;

    /// <summary>A comparison with the value of a path.</summary>
    public ComparisonCondition(PathExpression variable, ComparisonOperator comparison, PathExpression operand, EffectiveInput input)
        : this(variable, comparison, input) => _operandPath = operand;

    private ComparisonCondition(PathExpression variable, ComparisonOperator comparison, EffectiveInput input) =>
        (_variable, _comparison, _input) = (variable, comparison, input);

    public override Outcome<bool> Evaluate(StateScope scope)
    {
        Outcome<JsonValue> input = _input.Read(scope);
        if (!input.IsSuccess)
        {
            return input.Error;
        }

        JsonValue? value = _variable.Find(scope, input.Value);
        if (_comparison.Relation == Relation.IsPresent)
        {
            return value is not null == ((JsonBoolean)_operand!).Value;
        }

        // Only IsPresent accepts a null input. Every other operator fails, even for the path "$".
        if (value is null || PathErrors.IsOfNull(_variable, input.Value))
        {
            return PathErrors.InvalidChoicePath(_variable, input.Value);
        }

        if (_comparison.Relation == Relation.IsKind)
        {
            return OperandComparison.IsOf(value, _comparison.Kind) == ((JsonBoolean)_operand!).Value;
        }

        JsonValue? operand = _operand ?? _operandPath!.Find(scope, input.Value);
        return operand is null || (_operandPath is not null && PathErrors.IsOfNull(_operandPath, input.Value))
            ? PathErrors.InvalidChoicePath(_operandPath!, input.Value)
            : OperandComparison.Holds(value, _comparison.Kind, _comparison.Relation, operand);
    }
}
