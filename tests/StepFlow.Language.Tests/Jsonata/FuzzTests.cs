using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Jsonata;

namespace StepFlow.Language.Tests.Jsonata;

/// <summary>
/// Random programs and damaged ones: nothing crashes the engine, exceeds the limits or runs forever, and the same
/// expression twice gives the same result in the same number of steps. The seeds are fixed.
/// </summary>
public sealed class FuzzTests
{
    private const string Data = """
        {"a":{"b":[{"c":1},{"c":2,"id":[1,2]}]},"items":[{"id":1,"tag":"x"},{"id":2,"tag":"y"},{"id":3}],"list":[3,1,2],"nested":[[1,[2]],{"a":null}],"b":"hello","c":2.5}
        """;

    private static readonly JsonataLimits Limits = new() { MaxDepth = 100, MaxSteps = 100_000, MaxValueBytes = 200_000, MaxRange = 10_000 };

    private static readonly string[] Seeds =
    [
        "Account.Order.Product[Price > 30 and Quantity = 2].(Price * Quantity)",
        "($f := function($n){ $n < 2 ? $n : $f($n - 1) + $f($n - 2) }; $f(8))",
        "items{tag: $sum(id)} ~> $each(function($v, $k){ $k & ': ' & $v })",
        "a.b#$i[$i > 0]@$o.c.{'x': $o.c, 'y': %.id}",
        "$map(list^(>$), function($v, $i){ $v ** $i })",
        "items ~> |$[tag = 'x']|{'n': $uppercase(tag)}, ['id']|",
        "$replace(b, /(l+)(o)/i, '$2-$1') & $formatNumber(c, '#,##0.00;(0.0)')",
        "$toMillis('2024-02-29', '[Y0001]-[M01]-[D01]') ~> $fromMillis('[FNn] [D1o] [MNn,3-3] [Y]', '-0330')",
        "[1..5][$ % 2 = 1] ~> $reduce(λ($a, $b)<nn:n>{ $a + $b }, 10)",
        "$zip(list, items.id, [\"\\u0041\", \"b\\n\", 'c']) ?? missing ?: null",
    ];

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Evaluate_OfRandomPrograms_EndsWithinTheLimitsTheSameWayTwice(ulong seed)
    {
        var generator = new ExpressionGenerator(new Entropy(seed));
        for (int i = 0; i < 1500; i++)
        {
            Check(generator.Next(1 + (i % 5)));
        }
    }

    [Theory]
    [InlineData(4UL)]
    [InlineData(5UL)]
    public void Evaluate_OfDamagedPrograms_EndsWithinTheLimitsTheSameWayTwice(ulong seed)
    {
        string[] sources = [.. Seeds, .. SuiteExpressions()];
        var generator = new ExpressionGenerator(new Entropy(seed));
        for (int i = 0; i < 1500; i++)
        {
            string text = generator.Any(sources);
            for (int n = generator.Pick(3); n >= 0; n--)
            {
                text = Damage(text, generator.Any(sources), generator);
            }

            Check(text);
        }
    }

    private static string Damage(string text, string other, ExpressionGenerator random)
    {
        if (text.Length == 0)
        {
            return other;
        }

        int at = random.Pick(text.Length);
        int length = Math.Min(random.Pick(8), text.Length - at);
        int from = random.Pick(other.Length + 1);
        string piece = other.Substring(from, Math.Min(random.Pick(12), other.Length - from));
        return random.Pick(4) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, piece),
            2 => text.Remove(at, length).Insert(at, piece),
            _ => text[..at] + (char)random.Pick(128) + text[at..],
        };
    }

    private static IEnumerable<string> SuiteExpressions()
    {
        string? corpus = System.Environment.GetEnvironmentVariable("STEPFLOW_CORPUS");
        string cases = Path.Combine(corpus ?? string.Empty, "jsonata", "cases.jsonl");
        if (corpus is null || !File.Exists(cases))
        {
            return [];
        }

        return File.ReadLines(cases)
            .Select(line => ((JsonValue.ParseOrNull(line) as JsonObject)?["expr"] as JsonString)?.Value)
            .OfType<string>()
            .Where(text => text.Length is > 0 and < 400);
    }

    private static void Check(string text)
    {
        if (!JsonataExpression.TryParse(text, out JsonataExpression? expression, out JsonataError? error))
        {
            Assert.InRange(error.Position, -1, text.Length);
            Assert.StartsWith("S", error.Code, StringComparison.Ordinal);
            return;
        }

        JsonValue input = JsonValue.Parse(Data);
        JsonataResult first = expression.Evaluate(input, JsonataBindings.Empty, Expressions.Environment(Limits, JsonataFunctionSet.WithEval));
        JsonataResult second = expression.Evaluate(input, JsonataBindings.Empty, Expressions.Environment(Limits, JsonataFunctionSet.WithEval));

        Assert.Equal((Expressions.Describe(first), first.Steps), (Expressions.Describe(second), second.Steps));
        if (first.Error is null)
        {
            Assert.True(first.Steps <= Limits.MaxSteps, text);
        }

        // What leaves the engine is JSON that can be read again.
        if (first.Value is { } value)
        {
            Assert.NotNull(JsonValue.ParseOrNull(value.ToString()));
        }
    }
}
