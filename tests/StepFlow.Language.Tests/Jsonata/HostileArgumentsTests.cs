using System.Globalization;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Jsonata;

namespace StepFlow.Language.Tests.Jsonata;

/// <summary>Every built-in function with unexpected arguments: what comes out is a value or an error of the language.</summary>
public sealed class HostileArgumentsTests
{
    private static readonly string[] Arguments =
    [
        "missing", "null", "true", "''", "' '", "'a'", "'\\ud800'", "'\\udc00x'", "$pad('', 3000, '0')", "'%'", "'%zz'", "'===='", "'0x'", "'1e999'", "'-'",
        "'[Y0001]-[M01]'", "'[Z00+00]'", "'[Z|0001]'", "'[Z00-00]'", "'[Y0001,2000000000]'", "'[F,3-3'", "'[Wwo]'", "'[x] [w] [F1]'", "'[[]]'", "'[h#1][P][f001]'", "'[z01:01t]'", "'[Y,*-2]'",
        "'I'", "'Ww;o'", "'A'", "'w'", "'#'", "'0,0'", "'1;c'", "'\\u0660'", "'0.00e0'", "';;'", "'%0'", "'#,##0.00;(#)'", "'x'", "','", "'.'", "'e'", "'0e'", "'#e0'",
        "0", "-0", "1", "-1", "0.5", "-2.5", "1/0", "-1/0", "0/0", "1e308", "-1e308", "5e-324", "1e21", "9223372036854775807", "-9223372036854775808", "400", "-400", "1e9",
        "[]", "[[]]", "[1]", "[null]", "['a', 1]", "[1/0]", "[0/0, 1]", "[[1,[2,[3]]]]", "[1..50]", "[{}]", "{}", "{'a': 1}", "{'': null}", "{'zero-digit': '\\uffff', 'decimal-separator': '0'}",
        "{'grouping-separator': '', 'exponent-separator': '', 'pattern-separator': ''}", "{'minus-sign': $pad('', 5000)}",
        "$sum", "function(){1}", "function($a){$a}", "function($a, $b, $c, $d){$d}", "function($a){$error('x')}", "/a/", "/a*/i", "/(a)|b/m", "/^/", "function($s){{'match':'a','start':-5,'end':1e20,'groups':[],'next':$sum}}",
    ];

    private static readonly string[] Numbers = ["1/0", "-1/0", "0/0", "-0", "1e308", "-1e308", "5e-324", "1.5", "-9223372036854775808", "400", "-400", "1e18"];

    [Theory]
    [InlineData(1UL, 0)]
    [InlineData(2UL, 1)]
    [InlineData(3UL, 2)]
    public void Evaluate_OfAnyFunctionWithAnyArguments_GivesAValueOrAnError(ulong seed, int slice)
    {
        var random = new Entropy(seed);
        string[] names = [.. JsonataFunctionSet.Aws.Names.Order(StringComparer.Ordinal).Where((_, i) => i % 3 == slice)];
        foreach (string name in names)
        {
            Check($"${name}()");
            foreach (string argument in Arguments)
            {
                Check($"${name}({argument})");
                for (int i = 0; i < 6; i++)
                {
                    string others = string.Concat(Enumerable.Range(0, 1 + Pick(random, 3)).Select(_ => $", {Arguments[Pick(random, Arguments.Length)]}"));
                    Check($"${name}({argument}{others})");
                }
            }
        }
    }

    [Fact]
    public void Evaluate_OfAnyOperatorWithAnyOperands_GivesAValueOrAnError()
    {
        foreach (string symbol in (string[])["+", "-", "*", "/", "%", "&", "=", "!=", "<", ">=", "in", "and", "or", "..", "~>", "??", "?:"])
        {
            foreach (string left in Arguments)
            {
                foreach (string right in Arguments)
                {
                    Check(symbol == ".." ? $"[({left})..({right})]" : $"({left}) {symbol} ({right})");
                }
            }
        }
    }

    [Theory]
    [InlineData("$round({0}, {1})")]
    [InlineData("$power({0}, {1})")]
    [InlineData("$formatBase({0}, {1})")]
    [InlineData("$substring('abc\\ud83d\\ude00', {0}, {1})")]
    [InlineData("$pad('x', {0}) & {1}")]
    [InlineData("$range({0}, {1}, 1)")]
    [InlineData("$range(1, {0}, {1})")]
    [InlineData("$partition([1,2,3], {0}) ~> $append({1})")]
    [InlineData("$fromMillis({0}, '[Y]-[M]-[D]', $string({1}))")]
    [InlineData("$formatNumber({0}, '0.0e00') & $formatInteger({1}, 'w')")]
    [InlineData("$formatInteger({0}, 'I') & $formatInteger({1}, 'A;o')")]
    [InlineData("$split('a,b', ',', {0}) ~> $join($string({1}))")]
    [InlineData("$replace('aaa', /a/, '$1', {0}) & $match('a', /a/, {1})")]
    [InlineData("[1,2,3][{0}] = [1,2,3][[{1}, {0}]]")]
    [InlineData("$sort([{0}, {1}]) ~> $reverse")]
    [InlineData("$max([{0}, {1}]) + $average([{0}, {1}]) + $sum([{0}, {1}])")]
    [InlineData("$distinct([{0}, {1}, {0}]) ~> $string")]
    [InlineData("($x := {0}; $y := {1}; {{'a': [$x, {{'b': $y}}]}})")]
    public void Evaluate_WithNumbersAtTheEdges_GivesAValueOrAnError(string template)
    {
        foreach (string first in Numbers)
        {
            foreach (string second in Numbers)
            {
                Check(string.Format(CultureInfo.InvariantCulture, template, $"({first})", $"({second})"));
            }
        }
    }

    [Fact]
    public void Evaluate_WithAnySignature_GivesAValueOrAnError()
    {
        const string Symbols = "snblaofjx<>()?+-:0 ,";
        var random = new Entropy(4);
        for (int i = 0; i < 4_000; i++)
        {
            string signature = string.Concat(Enumerable.Range(0, 1 + Pick(random, 9)).Select(_ => Symbols[Pick(random, Symbols.Length)]));
            string arguments = string.Join(", ", Enumerable.Range(0, Pick(random, 4)).Select(_ => Arguments[Pick(random, Arguments.Length)]));
            Check($"(function($a, $b)<{signature}>{{ $a }})({arguments})");
        }

        foreach (string argument in Arguments)
        {
            Check($"(function($a)<a<0>+:o>{{ $a }})({argument})");
        }
    }

    [Fact]
    public void Evaluate_WithThousandsOfOptionalParameters_EndsWithinItsBounds()
    {
        Check($"(function($a)<{string.Concat(Enumerable.Repeat("s?", 60))}n>{{ $a }})({string.Join(',', Enumerable.Repeat("'a'", 40))})");
        Check($"(function($a)<{new string('n', 200_000)}>{{ $a }})(1)");
    }

    [Theory]
    [InlineData("$round(0 / 0, 2)", "D1001")]
    [InlineData("$round(1 / 0)", "D1001")]
    [InlineData("$round(1.25, 400)", "1.25")]
    [InlineData("$round(1.25, -400)", "0")]
    [InlineData("$toMillis('2024-02-29 +01|30', '[Y0001]-[M01]-[D01] [Z01|01]')", "1709159400000")]
    [InlineData("(function($a)<a<>:o>{ $a })([1])", "[1]")]
    public void Evaluate_OfWhatOnceThrew_HasItsResult(string text, string expected) =>
        Assert.Equal(expected, Expressions.Result(text, null, Expressions.Environment(JsonataLimits.Aws, JsonataFunctionSet.Aws)));

    private static int Pick(Entropy random, int count) => (int)(random.NextDouble() * count);

    private static void Check(string text)
    {
        if (!JsonataExpression.TryParse(text, out JsonataExpression? expression, out _))
        {
            return;
        }

        try
        {
            JsonataResult result = expression.Evaluate(null, JsonataBindings.Empty, Expressions.Environment(JsonataLimits.Aws, JsonataFunctionSet.Aws));
            if (result.Error is { } error)
            {
                Assert.InRange(error.Message.Length, 1, 100_000);
            }
            else if (result.Value is { } value)
            {
                Assert.NotNull(JsonValue.ParseOrNull(value.ToString()));
            }
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{text}: {e}");
        }
    }
}
