namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>One function after another: <c>$f ~&gt; $g</c>.</summary>
internal sealed class ComposedFunction(JsonataFunction first, JsonataFunction second) : JsonataFunction
{
    public override int Arity => 1;

    public override JsonValue? Invoke(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        evaluator.Enter();
        JsonValue? argument = arguments.Length > 0 ? arguments[0] : null;
        JsonValue? middle = Sequence.End(evaluator.Apply(first, [argument], context), SequenceEnd.Unwrap);
        JsonValue? result = evaluator.Apply(second, [middle], context);
        evaluator.Leave();
        return result;
    }
}
