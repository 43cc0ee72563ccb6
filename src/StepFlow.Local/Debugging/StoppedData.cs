using System.Diagnostics.CodeAnalysis;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Intrinsics;
using StepFlow.Language.JsonPath;
using StepFlow.Local.MemoryRuns;
using StepFlow.Runtime.InMemory;

namespace StepFlow.Local.Debugging;

/// <summary>The data of a state while a user looks at it and changes it.</summary>
internal sealed class StoppedData
{
    private const string JsonataInput = "$states.input";

    private readonly JsonObject _assigned;
    private readonly TimeProvider _time;

    /// <summary>The original data.</summary>
    public StoppedData(JsonValue input, JsonObject variables, TimeProvider time)
        : this(input, variables, JsonObject.Empty, time)
    {
    }

    private StoppedData(JsonValue input, JsonObject variables, JsonObject assigned, TimeProvider time)
    {
        Input = input;
        Variables = variables;
        _assigned = assigned;
        _time = time;
    }

    public JsonValue Input { get; }

    /// <summary>The variables that it can read.</summary>
    public JsonObject Variables { get; }

    public StateRelease Release => new(Input, _assigned);

    /// <summary>Finds a part of it.</summary>
    /// <param name="expression">A path (<c>$.a</c>), a variable (<c>$name</c>) or an intrinsic function of them.</param>
    /// <param name="found">The part.</param>
    /// <param name="problem">Why the expression has no value.</param>
    public bool TryFind(string expression, [NotNullWhen(true)] out JsonValue? found, [NotNullWhen(false)] out string? problem)
    {
        (found, problem) = (null, null);
        expression = InJsonPath(expression);
        if (expression[0] != '$' && !expression.StartsWith("States.", StringComparison.Ordinal))
        {
            problem = $"{expression} is not a path or variable. Use $ for the input, $.a.b for a path in it, $name for a variable.";
            return false;
        }

        if (!ValueExpression.TryParse(expression, out ValueExpression? parsed, out problem))
        {
            return false;
        }

        Outcome<JsonValue> outcome = parsed.Evaluate(new TrialScope(Input, _time.GetUtcNow(), Variables), Input, "expression");
        if (!outcome.IsSuccess)
        {
            problem = outcome.Error.Cause ?? outcome.Error.Name;
            return false;
        }

        found = outcome.Value;
        return true;
    }

    /// <summary>Changes a part of it.</summary>
    /// <param name="target">A reference path into the input (<c>$</c>, <c>$.a.b</c>), or a variable (<c>$name</c>).</param>
    /// <param name="problem">Why it cannot be changed.</param>
    public bool TrySet(string target, JsonValue value, [NotNullWhen(true)] out StoppedData? changed, [NotNullWhen(false)] out string? problem)
    {
        (changed, problem) = (null, null);
        target = InJsonPath(target);
        if (target is ['$', var first, ..] && first is not ('.' or '[' or '$'))
        {
            string name = target[1..];
            changed = new(Input, Variables.With(name, value), _assigned.With(name, value), _time);
            return true;
        }

        if (!ReferencePath.TryParse(target, out ReferencePath? path, out problem))
        {
            return false;
        }

        if (path.Put(Input, value) is not { } input)
        {
            problem = $"{target}: the input has no value at this path: {Input}";
            return false;
        }

        changed = new(input, Variables, _assigned, _time);
        return true;
    }

    /// <summary>In JSONata the input is <c>$states.input</c>.</summary>
    private static string InJsonPath(string text) => text.StartsWith(JsonataInput, StringComparison.Ordinal) ? "$" + text[JsonataInput.Length..] : text;
}
