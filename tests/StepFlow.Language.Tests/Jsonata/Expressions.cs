using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Jsonata;

namespace StepFlow.Language.Tests.Jsonata;

/// <summary>Evaluates expressions for tests: at a fixed time, with a fixed seed.</summary>
internal static class Expressions
{
    public static readonly DateTimeOffset Now = new(2024, 2, 29, 13, 5, 9, 7, TimeSpan.Zero);

    public static JsonataEnvironment Environment(JsonataLimits? limits = null, JsonataFunctionSet? functions = null) => new()
    {
        Instant = Now,
        Entropy = new Entropy(42),
        Limits = limits ?? JsonataLimits.Default,
        Functions = functions ?? JsonataFunctionSet.Standard,
    };

    public static JsonataResult Evaluate(string text, string? input = null, JsonataEnvironment? environment = null, JsonataBindings? bindings = null)
    {
        Assert.True(JsonataExpression.TryParse(text, out JsonataExpression? expression, out JsonataError? error), $"{text}: {error}");
        return expression.Evaluate(input is null ? null : JsonValue.Parse(input), bindings ?? JsonataBindings.Empty, environment ?? Environment());
    }

    /// <summary>The result as JSON; <c>undefined</c> where there is none, the code where it failed.</summary>
    public static string Result(string text, string? input = null, JsonataEnvironment? environment = null) => Describe(Evaluate(text, input, environment));

    public static string Describe(JsonataResult result) =>
        result.Error is { } error ? error.Code : result.IsFunction ? "function" : result.Value?.ToString() ?? "undefined";
}
