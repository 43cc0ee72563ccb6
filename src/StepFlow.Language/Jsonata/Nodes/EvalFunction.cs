namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>$eval: evaluates a text, with the variables that are visible where it is called.</summary>
internal static class EvalFunction
{
    public static readonly NativeFunction Eval = new("eval", "<sx?:x>", 2, Evaluate);

    private static JsonValue? Evaluate(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonString { Value: var text })
        {
            return null;
        }

        EvalSite site = evaluator.EvalSite as EvalSite ?? new(new Scope(null), new JsonataFrame(null, 0), null);
        JsonValue? input = arguments[1] is JsonArray or Sequence { IsSequence: false }
            ? new Sequence(evaluator, arguments[1]) { OuterWrapper = true }
            : arguments[1] ?? site.Input;
        (Node node, int slots) = Parse(evaluator, text, site.Scope);
        int depth = evaluator.SaveDepth();
        try
        {
            evaluator.Enter();
            JsonValue? result = node.Evaluate(evaluator, input, new JsonataFrame(site.Frame, slots));
            evaluator.Leave();
            return result;
        }
        catch (JsonataException e) when (e.Code is not (EvaluationErrorCodes.TooDeep or EvaluationErrorCodes.TooManySteps))
        {
            evaluator.RestoreDepth(depth);
            throw new JsonataException("D3121") { Value = new JsonString(JsonataErrorMessages.Describe(e)) };
        }
    }

    private static (Node Node, int Slots) Parse(Evaluator evaluator, string text, Scope scope)
    {
        try
        {
            evaluator.Charge(text.Length);
            return NodeCompiler.CompileWithin(text, scope);
        }
        catch (JsonataException e) when (e.Code is not EvaluationErrorCodes.TooManySteps)
        {
            throw new JsonataException("D3120") { Value = new JsonString(JsonataErrorMessages.Describe(e)) };
        }
    }
}
