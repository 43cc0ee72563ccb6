using StepFlow.Language.Compilation;
using StepFlow.Language.Templates;

namespace StepFlow.Language.Jsonata.Asl;

/// <summary>Data flow of a JSONata state: Arguments, Output, Assign ("Transforming data with JSONata" in the developer guide).</summary>
public sealed class JsonataStateData : StateData
{
    /// <summary>The name of the state's result in <c>$states</c>.</summary>
    public JsonataResultKind ResultKind { get; init; }

    /// <summary><c>Arguments</c>; null where absent.</summary>
    public AslTemplate? ArgumentsTemplate { get; init; }

    /// <summary><c>Output</c>; null if it is absent: then the result leaves unchanged.</summary>
    public AslTemplate? Output { get; init; }

    public AslTemplate? Assign { get; init; }

    public override bool PassesInputUnread => ArgumentsTemplate is null or { PassesUnread: true };

    public override bool PassesResultUnread => Output is null or { PassesUnread: true } && Assign is null or { PassesUnread: true };

    public override InputUse InputUse => Output is null ? InputUse.Dropped : Output.PassesUnread ? InputUse.PassedOn : InputUse.Read;

    public override Outcome<JsonValue> Arguments(StateScope scope)
    {
        Outcome<JsonValue> arguments = ArgumentsTemplate is null ? scope.Input : ArgumentsTemplate.Evaluate(AslScope.Plain(scope)).Bounded();
        return arguments.Inspected(scope, InspectedStage.Arguments);
    }

    public override Outcome<JsonValue> Complete(StateScope scope, JsonValue result, out JsonObject? assigned)
    {
        assigned = null;
        if (Output is null && Assign is null)
        {
            return result;
        }

        AslScope seen = ResultKind switch
        {
            JsonataResultKind.Result => AslScope.WithResult(scope, result),
            JsonataResultKind.ErrorOutput => AslScope.WithErrorOutput(scope, result),
            _ => AslScope.Plain(scope),
        };
        if (Assign is not null)
        {
            Outcome<JsonValue> variables = Assign.Evaluate(seen).Bounded();
            if (!variables.IsSuccess)
            {
                return variables;
            }

            assigned = variables.Value is JsonObject { Count: > 0 } members ? members : null;
        }

        return Output is null ? result : Output.Evaluate(seen).Bounded();
    }
}
