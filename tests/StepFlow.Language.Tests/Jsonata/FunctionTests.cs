using StepFlow.Language.Jsonata;

namespace StepFlow.Language.Tests.Jsonata;

public sealed class FunctionTests
{
    [Theory]
    [InlineData("$string(1e20)", "\"100000000000000000000\"")]
    [InlineData("$string(1e21)", "\"1e+21\"")]
    [InlineData("$string(0.0000001)", "\"1e-7\"")]
    [InlineData("$string(22 / 7)", "\"3.14285714285714\"")]
    [InlineData("$string(123456789012344.5)", "\"123456789012345\"")]
    [InlineData("$string(0.1 + 0.2)", "\"0.3\"")]
    [InlineData("$string(999999999999999.9)", "\"1000000000000000\"")]
    [InlineData("$formatNumber(915565419942140.6, '0.00')", "\"915565419942140.63\"")]
    [InlineData("$string({'a': [1, 'x', null]})", "\"{\\\"a\\\":[1,\\\"x\\\",null]}\"")]
    [InlineData("$string([1], true)", "\"[\\n  1\\n]\"")]
    [InlineData("$length('a😀b')", "3")]
    [InlineData("$substring('a😀bc', 1, 2)", "\"😀b\"")]
    [InlineData("$substring('hello', -3)", "\"llo\"")]
    [InlineData("$substringBefore('a-b-c', '-')", "\"a\"")]
    [InlineData("$substringAfter('a-b-c', '-')", "\"b-c\"")]
    [InlineData("$pad('x', -3, 'ab')", "\"abx\"")]
    [InlineData("$trim('  a \\n b ')", "\"a b\"")]
    [InlineData("$split('a,b;c', /[,;]/)", """["a","b","c"]""")]
    [InlineData("$split('abc', '')", """["a","b","c"]""")]
    [InlineData("$join(['a', 'b'], '-')", "\"a-b\"")]
    [InlineData("$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1')", "\"Smith, John\"")]
    [InlineData("$replace('abab', 'a', '$', 1)", "\"$bab\"")]
    [InlineData("$match('ab12cd', /([a-z])(\\d)/).groups", """["b","1"]""")]
    [InlineData("$contains('Hello', /h/i)", "true")]
    [InlineData("$base64decode($base64encode('hello'))", "\"hello\"")]
    [InlineData("$encodeUrlComponent('a b/ü')", "\"a%20b%2F%C3%BC\"")]
    [InlineData("$encodeUrl('http://x/ä?q=1 2')", "\"http://x/%C3%A4?q=1%202\"")]
    [InlineData("$decodeUrl('%3F%20')", "\"%3F \"")]
    [InlineData("$number('0x1F')", "31")]
    [InlineData("$number('-1.5e2')", "-150")]
    [InlineData("$round(2.5)", "2")]
    [InlineData("$round(123.456, 2)", "123.46")]
    [InlineData("$round(125, -1)", "120")]
    [InlineData("$power(2, 10)", "1024")]
    [InlineData("$sqrt(2)", "1.4142135623730951")]
    [InlineData("$formatNumber(12345.678, '#,##0.00')", "\"12,345.68\"")]
    [InlineData("$formatNumber(0.14, '01%')", "\"14%\"")]
    [InlineData("$formatNumber(-5, '0;(0)')", "\"(5)\"")]
    [InlineData("$formatBase(-255, 16)", "\"-ff\"")]
    [InlineData("$formatInteger(2789, 'w')", "\"two thousand, seven hundred and eighty-nine\"")]
    [InlineData("$formatInteger(1999, 'I')", "\"MCMXCIX\"")]
    [InlineData("$formatInteger(12345, '#,##0')", "\"12,345\"")]
    [InlineData("$formatInteger(21, '1;o')", "\"21st\"")]
    [InlineData("$parseInteger('twelve thousand, four hundred and seventy-six', 'w')", "12476")]
    [InlineData("$sum([1, 2.5])", "3.5")]
    [InlineData("$average([1, 2, 4])", "2.3333333333333335")]
    [InlineData("$max([1, 3, 2])", "3")]
    [InlineData("$count(missing)", "0")]
    [InlineData("$append([1], [2, 3])", "[1,2,3]")]
    [InlineData("$zip([1, 2], ['a', 'b', 'c'])", """[[1,"a"],[2,"b"]]""")]
    [InlineData("$distinct([1, 2, 1, {'a': 1}, {'a': 1}])", """[1,2,{"a":1}]""")]
    [InlineData("$reverse([1, 2, 3])", "[3,2,1]")]
    [InlineData("$keys([{'a': 1}, {'b': 2, 'a': 3}])", """["a","b"]""")]
    [InlineData("$merge([{'a': 1}, {'a': 2, 'b': 3}])", """{"a":2,"b":3}""")]
    [InlineData("$spread({'a': 1, 'b': 2})", """[{"a":1},{"b":2}]""")]
    [InlineData("$lookup([{'a': 1}, {'a': 2}], 'a')", "[1,2]")]
    [InlineData("$type(null)", "\"null\"")]
    [InlineData("$boolean([0, 0])", "false")]
    [InlineData("$now()", "\"2024-02-29T13:05:09.007Z\"")]
    [InlineData("$millis()", "1709211909007")]
    [InlineData("$fromMillis(1709211909007, '[FNn], [D1o] [MNn] [Y] [h]:[m01] [PN]', '+0530')", "\"Thursday, 29th February 2024 6:35 PM\"")]
    [InlineData("$fromMillis(1709211909007, '[X0001]-W[W01]-[F1]')", "\"2024-W09-4\"")]
    [InlineData("$toMillis('2024-02-29T13:05:09.007Z')", "1709211909007")]
    [InlineData("$toMillis('29 Feb 2024', '[D1] [MNn,*-3] [Y0001]')", "1709164800000")]
    [InlineData("$toMillis('not', '[Y]')", "undefined")]
    public void Function_EachCase_GivesItsValue(string expression, string expected) => Assert.Equal(expected, Expressions.Answer(expression));

    [Theory]
    [InlineData("$partition([1..5], 2)", "[[1,2],[3,4],[5]]")]
    [InlineData("$partition([1..3], 2.9)", "[[1,2],[3]]")]
    [InlineData("$partition([1..3], 0)", "undefined")]
    [InlineData("$partition([], 2)", "undefined")]
    [InlineData("$range(0, 9, 3)", "[0,3,6,9]")]
    [InlineData("$range(9, 0, -4)", "[9,5,1]")]
    [InlineData("$range(1, 9, 9)", "1")]
    [InlineData("$range(1, 9, -1)", "undefined")]
    [InlineData("$range(1, 360146, 1)", "D2015")]
    [InlineData("$count($range(1, 360145, 1))", "360145")]
    [InlineData("$hash('hello', 'MD5')", "\"5d41402abc4b2a76b9719d911017c592\"")]
    [InlineData("$hash('hello', 'SHA-1')", "\"aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d\"")]
    [InlineData("$hash('hello', 'sha-1')", "D3151")]
    [InlineData("$parse('{\"a\":[1]}')", """{"a":[1]}""")]
    [InlineData("$parse('-0')", "0")]
    [InlineData("$random(7) = $random(7)", "true")]
    [InlineData("$length($uuid())", "36")]
    [InlineData("$eval('1')", "T1006")]
    [InlineData("$randomSeeded(1)", "T1006")]
    public void AwsFunction_EachCase_GivesItsValue(string expression, string expected) =>
        Assert.Equal(expected, Expressions.Answer(expression, null, Expressions.Environment(JsonataLimits.Aws, JsonataFunctionSet.Aws)));

    [Fact]
    public void Random_SameSeed_GivesTheSameValues()
    {
        const string Text = "[$random(), $random(), $shuffle([1..9])]";

        Assert.Equal(Expressions.Answer(Text), Expressions.Answer(Text));
        Assert.Equal("true", Expressions.Answer("($a := $random(); $b := $random(); $a != $b and $a >= 0 and $a < 1)"));
    }

    [Theory]
    [InlineData("$eval('$x + 1')", "42")]
    [InlineData("$eval('[1, 2')", "D3120")]
    [InlineData("$eval('1 + \"a\"')", "D3121")]
    [InlineData("$eval('a.b', {'a': {'b': 5}})", "5")]
    public void Eval_WhereEnabled_SeesTheVariablesOfTheCall(string call, string expected) =>
        Assert.Equal(expected, Expressions.Answer($"($x := 41; {call})", null, Expressions.Environment(functions: JsonataFunctionSet.WithEval)));
}
