using StepFlow.Language.Compilation;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Templates;

/// <summary>
/// Data flow of a JSONPath state: InputPath, Parameters, ResultSelector, ResultPath, OutputPath, Assign
/// (Amazon States Language, "Processing Input and Output").
/// </summary>
/// <remarks>
/// ResultPath combines the result with the raw input, independently of InputPath. In Assign, <c>$</c> is the result
/// after ResultSelector. In a state without a result it is the effective input, which the caller passes as
/// the result.
/// </remarks>
public sealed class JsonPathStateData : StateData
{
    /// <summary><c>InputPath</c>. Default <c>$</c>.</summary>
    public EffectiveInput Input { get; init; } = EffectiveInput.Raw;

    /// <summary><c>Parameters</c>; null where absent. A Map's apply to its items and are not given here.</summary>
    public PayloadTemplate? Parameters { get; init; }

    public PayloadTemplate? ResultSelector { get; init; }

    /// <summary><c>ResultPath</c>; null for the literal <c>null</c>, which discards the result. Default <c>$</c>.</summary>
    public ReferencePath? ResultPath { get; init; } = ReferencePath.Root;

    /// <summary><c>OutputPath</c>; null for the literal <c>null</c>, which gives an empty object. Default <c>$</c>.</summary>
    public PathExpression? OutputPath { get; init; } = PathExpression.Root;

    public PayloadTemplate? Assign { get; init; }

    public override bool PassesInputUnread => Input.PassesUnread && Parameters is null or { PassesInputUnread: true };

    public override bool PassesResultUnread =>
        ResultSelector is null or { PassesInputUnread: true } && Assign is null or { PassesInputUnread: true } && OutputPath is null or { IsRoot: true };

    public override InputUse InputUse =>
        ResultPath is null ? (OutputPath is null or { IsRoot: true } ? InputUse.PassedOn : InputUse.Read)
        : ResultPath.IsRoot ? InputUse.Dropped
        : InputUse.Read;

    public override Outcome<JsonValue> Arguments(StateScope scope)
    {
        Outcome<JsonValue> input = Input.Read(scope).Inspected(scope, InspectedStage.InputPath);
        Outcome<JsonValue> arguments = input.IsSuccess && Parameters is not null ? Parameters.Evaluate(scope, input.Value).Bounded() : input;
        return arguments.Inspected(scope, InspectedStage.Parameters);
    }

    public override Outcome<JsonValue> Complete(StateScope scope, JsonValue result, out JsonObject? assigned)
    {
        assigned = null;
        if (ResultSelector is not null)
        {
            Outcome<JsonValue> selected = ResultSelector.Evaluate(scope, result);
            if (!selected.IsSuccess)
            {
                return selected;
            }

            result = selected.Value;
        }

        scope.Inspector?.Note(InspectedStage.ResultSelector, result);
        if (Assign is not null)
        {
            Outcome<JsonValue> variables = Assign.Evaluate(scope, result).Bounded();
            if (!variables.IsSuccess)
            {
                return variables;
            }

            assigned = variables.Value is JsonObject { Count: > 0 } members ? members : null;
        }

        Outcome<JsonValue> output = ApplyResultPath(scope, result).Bounded().Inspected(scope, InspectedStage.ResultPath);
        return output.IsSuccess ? Select(scope, output.Value) : output;
    }

    private Outcome<JsonValue> ApplyResultPath(StateScope scope, JsonValue result) =>
        ResultPath is null ? scope.Input
        : ResultPath.IsRoot ? result
        : ResultPath.Put(scope.Input, result) is { } combined ? combined : PathErrors.CannotApply(ResultPath, scope.Input);

    private Outcome<JsonValue> Select(StateScope scope, JsonValue output) =>
        OutputPath is null ? JsonObject.Empty
        : OutputPath.IsRoot ? output
        : OutputPath.Find(scope, output) is { } selected ? selected : PathErrors.InvalidPath(OutputPath, scope, output);
}
