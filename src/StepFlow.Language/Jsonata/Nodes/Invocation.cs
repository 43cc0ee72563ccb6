namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A call: a function and its arguments. All nodes that call functions use it.</summary>
internal sealed class Invocation(Node procedure, string? name, Node? meant, Node[] arguments, Scope? evalScope, int position)
{
    /// <summary>Calls the function that the procedure evaluates to.</summary>
    /// <param name="frame">The variables.</param>
    /// <param name="first">An argument before the others, of the operator ~&gt;.</param>
    /// <param name="hasFirst">Whether there is a first argument.</param>
    /// <param name="context">The value for a missing argument.</param>
    /// <param name="inLoop">Whether the caller continues tail calls itself.</param>
    public JsonValue? Call(Evaluator evaluator, JsonValue? input, JsonataFrame frame, JsonValue? first, bool hasFirst, JsonValue? context, bool inLoop)
    {
        JsonValue? value = procedure.Evaluate(evaluator, input, frame);
        if (value is null && meant?.Evaluate(evaluator, input, frame) is { } intended && Truth.Of(evaluator, intended) | intended is JsonataFunction)
        {
            throw new JsonataException("T1005") { Position = position, Token = name };
        }

        int offset = hasFirst ? 1 : 0;
        int count = arguments.Length + offset;
        ArgumentBuffer buffer = default;
        Span<JsonValue?> values = count <= ArgumentBuffer.Length ? ((Span<JsonValue?>)buffer)[..count] : new JsonValue?[count];
        if (hasFirst)
        {
            values[0] = first;
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            values[i + offset] = arguments[i].Evaluate(evaluator, input, frame);
        }

        if (evalScope is not null)
        {
            evaluator.EvalSite = new EvalSite(evalScope, frame, input);
        }

        try
        {
            return value is not JsonataFunction function ? throw new JsonataException(EvaluationErrorCodes.NotAFunction)
                : inLoop ? function.Invoke(evaluator, values, context)
                : evaluator.Apply(function, values, context);
        }
        catch (JsonataException e) when (e.LocateCall(position, name, value))
        {
            throw;
        }
    }

    /// <summary>The function with only some of its arguments given.</summary>
    public PartialFunction Bind(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        var values = new JsonValue?[arguments.Length];
        var holes = new List<int>();
        for (int i = 0; i < values.Length; i++)
        {
            if (arguments[i] is PlaceholderNode)
            {
                holes.Add(i);
            }
            else
            {
                values[i] = arguments[i].Evaluate(evaluator, input, frame);
            }
        }

        JsonValue? value = procedure.Evaluate(evaluator, input, frame);
        if (value is JsonataFunction function)
        {
            return new(function, values, [.. holes]);
        }

        bool forgotten = value is null && meant?.Evaluate(evaluator, input, frame) is { } intended
            && Truth.Of(evaluator, intended) | intended is JsonataFunction;
        throw new JsonataException(forgotten ? "T1007" : "T1008") { Position = position, Token = name };
    }
}
