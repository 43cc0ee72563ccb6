using System.CommandLine;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Intrinsics;
using StepFlow.Language.JsonPath;
using StepFlow.Language.Jsonata;
using StepFlow.Local.MemoryRuns;
using StepFlow.Local.Sources;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow eval EXPR</c>: an expression, tried out as a state would evaluate it.</summary>
internal static class EvalCommand
{
    private static readonly Argument<string> Expression = new("EXPR")
    {
        Description = "The expression: JSONata, with or without {% %}; or with --jsonpath a path or an intrinsic function.",
    };

    private static readonly Option<bool> JsonPath = new("--jsonpath") { Description = "The expression is JSONPath or a States.* function." };

    public static Command Create() => new ExampleCommand(
        "eval",
        "Evaluates an expression. The input is $ and $states.input.",
        "stepflow eval '$sum(orders.price)' --input orders.json",
        "stepflow eval '{% $states.input.n + 1 %}' --input '{\"n\": 1}'",
        "stepflow eval \"States.Format('{} of {}', $.n, $.all)\" --jsonpath --input '{\"n\": 1, \"all\": 2}'")
    {
        Expression, JsonPath, CommonOptions.Input,
    }.Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string expression = arguments.GetRequiredValue(Expression);
        (JsonValue input, _) = await TextSource.ReadInputAsync(arguments.GetValue(CommonOptions.Input), "--input", cancellationToken);
        JsonValue? value = arguments.GetValue(JsonPath) ? EvaluatePath(expression, input) : EvaluateJsonata(expression, input);
        if (value is null)
        {
            await arguments.InvocationConfiguration.Error.WriteLineAsync("undefined: the expression matches nothing.");
        }
        else
        {
            await arguments.InvocationConfiguration.Output.WriteLineAsync(value.ToIndentedString());
        }

        return ExitCodes.Success;
    }

    private static JsonValue? EvaluateJsonata(string text, JsonValue input)
    {
        string trimmed = text.Trim();
        bool isDelimited = trimmed.StartsWith("{%", StringComparison.Ordinal) && trimmed.EndsWith("%}", StringComparison.Ordinal) && trimmed.Length >= 4;
        string body = isDelimited ? trimmed[2..^2] : text;
        if (!JsonataExpression.TryParse(body, out JsonataExpression? expression, out JsonataError? error))
        {
            throw Wrong(ExitCodes.InvalidDefinition, body, error.ToString(), error.Position);
        }

        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        JsonataResult result = expression.Evaluate(
            input,
            JsonataBindings.Empty.With("states", JsonObject.Create(("input", input), ("context", JsonObject.Empty))),
            new JsonataEnvironment { Instant = now, Entropy = new Entropy((ulong)Random.Shared.NextInt64()), Functions = JsonataFunctionSet.Aws });
        if (result.Error is { } failed)
        {
            throw Wrong(ExitCodes.ExecutionFailed, body, failed.ToString(), failed.Position);
        }

        return result.IsFunction
            ? throw new CommandException(ExitCodes.ExecutionFailed, "The result is a function, which JSON cannot represent.")
            : result.Value;
    }

    private static JsonValue EvaluatePath(string text, JsonValue input)
    {
        if (!ValueExpression.TryParse(text, out ValueExpression? expression, out string? error))
        {
            int position = PathExpression.TryParse(text, out _, out _, out int at) || text.StartsWith("States.", StringComparison.Ordinal) ? -1 : at;
            throw Wrong(ExitCodes.InvalidDefinition, text, error, position);
        }

        Outcome<JsonValue> outcome = expression.Evaluate(new TrialScope(input, TimeProvider.System.GetUtcNow()), input, "expression");
        return outcome.IsSuccess
            ? outcome.Value
            : throw new CommandException(ExitCodes.ExecutionFailed, $"{outcome.Error.Name}: {outcome.Error.Cause}");
    }

    /// <summary>The message, and the line of the error with a caret under its column.</summary>
    private static CommandException Wrong(int exitCode, string text, string message, int position)
    {
        if (position < 0)
        {
            return new(exitCode, message);
        }

        int at = Math.Min(position, text.Length);
        int start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        int end = text.IndexOf('\n', start);
        string line = (end < 0 ? text[start..] : text[start..end]).Replace('\t', ' ');
        return new(exitCode, $"{message}\n  {line}\n  {new string(' ', at - start)}^");
    }
}
