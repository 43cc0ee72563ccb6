using System.Diagnostics;
using StepFlow.Language.Jsonata;

namespace StepFlow.Language.Tests.Jsonata;

public sealed class LimitTests
{
    [Theory]
    [InlineData("($f := function($n){ 1 + $f($n) }; $f(1))", "D1011")]
    [InlineData("($f := function(){ $f() }; $f())", "D1012")]
    [InlineData("($a := [1..300000]; $map($a, function(){ $a }).$)", "D2015")]
    [InlineData("$reduce([1..40], function($s, $i){ $s & $s }, 'x')", "D2015")]
    [InlineData("$pad('', 7000000)", "D2015")]
    [InlineData("[1..873782] ~> $count()", "873782")]
    [InlineData("[1..873783] ~> $count()", "D2015")]
    [InlineData("[1..10000001]", "D2014")]
    [InlineData("($p := function($s, $n) { $n = 0 ? $s : $p($s & $s, $n - 1) }; $length($p('x', 22)))", "4194304")]
    [InlineData("($p := function($s, $n) { $n = 0 ? $s : $p($s & $s, $n - 1) }; $length($p('x', 23)))", "D2015")]
    [InlineData("($f := function($x){ $f($x+1) }; $f(1))", "D1012")]
    [InlineData("$map([1..20], function($i){ $pad('', 6000000) & $i }) ~> $count()", "D2015")]
    [InlineData("$map([1..4], function($j){ $map([1..800000], function($i){ function(){ $i } }) }) ~> $count()", "D2015")]
    [InlineData("$string($reduce([1..60], function($a, $i){ {'a': $a, 'b': $a} }, 1))", "D2015")]
    [InlineData("($d := $reduce([1..60], function($a, $i){ {'a': $a, 'b': $a} }, 1); $e := $reduce([1..60], function($a, $i){ {'a': $a, 'b': $a} }, 1); $d = $e)", "D1012")]
    [InlineData("$boolean($reduce([1..60], function($a, $i){ [[$a],[$a]] }, 0))", "D1012")]
    [InlineData("$reduce([1..60], function($a, $i){ {'a': $a, 'b': $a} }, 1)", "D2015")]
    [InlineData("$reduce([1..60], function($a, $i){ {'a': $a, 'b': $a} }, 1) + 1", "T2001")]
    [InlineData("$reduce([1..60], function($a, $i){ {'a': $a, 'b': $a} }, 1) < 'x'", "T2010")]
    [InlineData("$replace($pad('', 100000, 'a'), /^.*$/, $pad('', 4000, '$0'))", "D2015")]
    [InlineData("$formatNumber(1, $pad('', 100000, '0,'))", "D1012")]
    [InlineData("$number('0x' & $pad('', 3000000, 'f'))", "D3030")]
    [InlineData("$length($replace($pad('', 60000, 'a b'), ' ', ''))", "40000")]
    [InlineData("(0)[[$pad('', 6000, '0,') ~> $split(',')] ~> $map($number)] ~> $count()", "D3030")]
    [InlineData("$formatInteger(1e300, 'I')", "D2015")]
    [InlineData("$reduce([1..2000], function($a, $i){ {'a': $a} }, 1)", "D1011")]
    [InlineData("$contains($pad('', 60, 'a') & '!', /^(a+)+$/)", "false")]
    [InlineData("$contains($pad('', 60, 'a') & '!', /^(a+)+\\1$/)", "D1012")]
    [InlineData("$match($pad('', 40, 'a'), /(a|aa)+$|b/)[0].match", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"")]
    public void Evaluate_BeyondALimit_FailsWithItsCode(string text, string expected) =>
        Assert.Equal(expected, Expressions.Result(text, null, Expressions.Environment(JsonataLimits.Aws)));

    [Fact]
    public void Steps_OfTheSameEvaluation_AreTheSame()
    {
        const string Text = "$sum($map([1..100], function($v){ $v * 2 }))";

        Assert.Equal(Expressions.Evaluate(Text).Steps, Expressions.Evaluate(Text).Steps);
        Assert.InRange(Expressions.Evaluate(Text).Steps, 100, 2000);
    }

    [Fact]
    public void Parse_OfDeepNesting_IsAnError()
    {
        foreach (string text in (string[])[new string('(', 100_000), new string('[', 100_000) + new string(']', 100_000), string.Join(" + ", Enumerable.Repeat("1", 50_000)), new string('-', 100_000) + "1", string.Concat(Enumerable.Repeat("a.(", 20_000))])
        {
            Assert.False(JsonataExpression.TryParse(text, out _, out JsonataError? error));
            Assert.Equal(JsonataErrorCodes.TooDeep, error.Code);
        }
    }

    [Fact]
    public void Parse_OfALongPath_IsNoDeepNesting()
    {
        Assert.True(JsonataExpression.TryParse(string.Join(".", Enumerable.Repeat("a", 900)), out _, out _));
    }

    [Theory]
    [InlineData("($f := function($n){ 1 + $f($n) }; $f(1))")]
    [InlineData("($f := function($n){ [$map([$n], $f)] }; $f(1))")]
    [InlineData("($f := function($n){ {'a': ($n ~> $f)} }; $f(1))")]
    [InlineData("($deep := $reduce([1..5000], function($a, $i){ {'a': [$a]} }, 1); $string($deep) & ($deep = $deep.a) & $distinct([$deep, $deep]))")]
    [InlineData("($deep := $reduce([1..100000], function($a, $i){ {'a': $a} }, 1); $deep ~> |**|{}|)")]
    public void Evaluate_OfEndlessRecursionOnASmallStack_IsAnError(string text)
    {
        JsonataResult result = default;
        var thread = new Thread(
            () => result = Expressions.Evaluate(text, null, Expressions.Environment(new() { MaxDepth = int.MaxValue, MaxSteps = 20_000_000 })),
            maxStackSize: 512 * 1024);
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromMinutes(5)), "It does not end.");

        Assert.Equal(JsonataErrorCodes.TooDeep, result.Error?.Code);
    }
}
