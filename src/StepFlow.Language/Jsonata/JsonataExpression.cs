using System.Diagnostics.CodeAnalysis;
using StepFlow.Language.Jsonata.Nodes;

namespace StepFlow.Language.Jsonata;

/// <summary>
/// A JSONata expression (docs.jsonata.org, version 2), parsed once and evaluated any number of times, by any number of
/// threads.
/// </summary>
public sealed class JsonataExpression
{
    /// <summary>Values that nest deeper could not be read again.</summary>
    private const int MaxResultDepth = 1_000;

    private readonly Node _root;
    private readonly int _slots;
    private readonly int _globals;

    private JsonataExpression(Node root, int slots, int globals) => (_root, _slots, _globals) = (root, slots, globals);

    /// <summary>Parses an expression.</summary>
    /// <param name="text">The text, without the delimiters of Amazon States Language.</param>
    /// <param name="expression">The expression; null if the text is not valid.</param>
    /// <param name="error">Why the text is not valid; null if it is.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out JsonataExpression? expression, [NotNullWhen(false)] out JsonataError? error)
    {
        expression = null;
        error = null;
        try
        {
            (Node root, int slots, int globals) = NodeCompiler.Compile(text);
            expression = new(root, slots, globals);
            return true;
        }
        catch (JsonataException e)
        {
            error = JsonataError.Of(e);
        }
        catch (InsufficientExecutionStackException)
        {
            error = JsonataError.Of(new JsonataException(JsonataErrorCodes.TooDeep));
        }

        return false;
    }

    /// <summary>Evaluates the expression.</summary>
    /// <param name="bindings">The variables it starts with.</param>
    /// <param name="environment">Its time, random values, functions and limits.</param>
    /// <returns>The value, or the error. A failure of the expression is never an exception.</returns>
    public JsonataResult Evaluate(JsonValue? input, JsonataBindings bindings, JsonataEnvironment environment)
    {
        var variables = new EnvironmentVariables(bindings, environment.Functions);
        var evaluator = new Evaluator(environment, variables, input, _globals);
        JsonataResult result = Evaluate(evaluator, input);
        environment.Steps?.Take(evaluator.Steps);
        return result;
    }

    private JsonataResult Evaluate(Evaluator evaluator, JsonValue? input)
    {
        try
        {
            // An array as input is one value, not many.
            JsonValue? context = input is JsonArray ? new Sequence(evaluator, input) { OuterWrapper = true } : input;
            JsonValue? value = _root.Evaluate(evaluator, context, new JsonataFrame(null, _slots));
            return Complete(evaluator, value);
        }
        catch (JsonataException e)
        {
            return new(null, JsonataError.Of(e), false, evaluator.Steps);
        }
        catch (InsufficientExecutionStackException)
        {
            return new(null, JsonataError.Of(new JsonataException(JsonataErrorCodes.TooDeep)), false, evaluator.Steps);
        }
    }

    private static JsonataResult Complete(Evaluator evaluator, JsonValue? value)
    {
        value = Sequence.Plain(value);
        if (value is JsonataFunction)
        {
            return new(null, null, isFunction: true, evaluator.Steps);
        }

        if (evaluator.HoldsUnplain && value is not null)
        {
            value = ResultCleaner.Clean(evaluator, value);
        }

        if (value is not null)
        {
            ResultCleaner.Check(evaluator, value, MaxResultDepth);
        }

        return new(value, null, isFunction: false, evaluator.Steps);
    }
}
