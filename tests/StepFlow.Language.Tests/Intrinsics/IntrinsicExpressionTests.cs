using StepFlow.Language.Evaluation;
using StepFlow.Language.Intrinsics;
using StepFlow.Language.Json;
using StepFlow.Language.Tests.JsonPath;

namespace StepFlow.Language.Tests.Intrinsics;

public sealed class IntrinsicExpressionTests
{
    private const string Input = """
        {"name":"Ada","n":3,"pi":3.25,"yes":true,"none":null,"list":[1,2,3,4,5],"dup":[1,1.0,"1",[1],[1],{"a":1,"b":2},{"b":2,"a":1},null,null],
         "object":{"Id":"arn","Name":"m","list":[1,"x"]},"text":"a,b;c,,d","json":"{\"k\":[1,2]}","zero":0,"big":9223372036854775807}
        """;

    [Theory]
    [InlineData("States.Format('Hello {}, {} of {}', $.name, $.n, $.pi)", "Hello Ada, 3 of 3.25")]
    [InlineData("States.Format('{}{}', $.yes, $.none)", "truenull")]
    [InlineData("States.Format('{}', $.object)", "{Id=arn, Name=m, list=[1, x]}")]
    [InlineData("States.Format('no arguments')", "no arguments")]
    [InlineData(@"States.Format('\{\} {} \'q\' \\ {', 1)", "{} 1 'q' \\ {")]
    [InlineData("States.Format('{}', 'it\\'s, (really) \"so\"')", "it's, (really) \"so\"")]
    [InlineData("States.Format('{}-{}', States.ArrayGetItem(States.StringSplit($.text, ',;'), 1), States.MathAdd(1, 2))", "b-3")]
    [InlineData("States.Format($.template, 1)", "<1>")]
    public void Evaluate_Format_FillsTheTemplate(string expression, string expected) => AssertValue(expression, new JsonString(expected));

    [Theory]
    [InlineData("States.StringToJson($.json)", """{"k":[1,2]}""")]
    [InlineData("States.StringToJson('')", "null")]
    [InlineData("States.StringToJson('  ')", "null")]
    [InlineData("States.StringToJson('{\"a\": \"false\"}')", """{"a":"false"}""")]
    [InlineData("States.JsonToString($.object)", "\"{\\\"Id\\\":\\\"arn\\\",\\\"Name\\\":\\\"m\\\",\\\"list\\\":[1,\\\"x\\\"]}\"")]
    [InlineData("States.Array()", "[]")]
    [InlineData("States.Array('a', 1, -2.5, true, null, $.list[0], $.list[1,2])", """["a",1,-2.5,true,null,1,[2,3]]""")]
    [InlineData("States.ArrayPartition($.list, 2)", "[[1,2],[3,4],[5]]")]
    [InlineData("States.ArrayPartition($.list, 5)", "[[1,2,3,4,5]]")]
    [InlineData("States.ArrayPartition($.list, 9)", "[[1,2,3,4,5]]")]
    [InlineData("States.ArrayPartition(States.Array(), 1)", "[]")]
    [InlineData("States.ArrayContains($.dup, $.object)", "false")]
    [InlineData("States.ArrayContains($.dup, '1')", "true")]
    [InlineData("States.ArrayContains($.list, 3)", "true")]
    [InlineData("States.ArrayRange(1, 9, 2)", "[1,3,5,7,9]")]
    [InlineData("States.ArrayRange(1, 9, 9)", "[1]")]
    [InlineData("States.ArrayRange(5, 1, -2)", "[5,3,1]")]
    [InlineData("States.ArrayRange(5, 1, 2)", "[]")]
    [InlineData("States.ArrayGetItem($.list, 4)", "5")]
    [InlineData("States.ArrayLength($.list)", "5")]
    [InlineData("States.ArrayUnique($.dup)", """[1,"1",[1],{"a":1,"b":2},null]""")]
    [InlineData("States.Base64Encode('Data to encode')", "\"RGF0YSB0byBlbmNvZGU=\"")]
    [InlineData("States.Base64Decode('RGF0YSB0byBlbmNvZGU=')", "\"Data to encode\"")]
    [InlineData("States.Base64Decode('')", "\"\"")]
    [InlineData("States.Hash('Hash this string', 'SHA-256')", "\"1cac63f39fd68d8c531f27b807610fb3d50f0fc3f186995767fb6316e7200a3e\"")]
    [InlineData("States.Hash('', 'MD5')", "\"d41d8cd98f00b204e9800998ecf8427e\"")]
    [InlineData("States.Hash('', 'SHA-1')", "\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"")]
    [InlineData("States.JsonMerge($.object, States.StringToJson('{\"Name\":{\"x\":1},\"z\":2}'), false)", """{"Id":"arn","Name":{"x":1},"list":[1,"x"],"z":2}""")]
    [InlineData("States.MathAdd($.n, -1)", "2")]
    [InlineData("States.MathAdd(1.49, 1.5)", "3")]
    [InlineData("States.MathAdd(-1.5, -1.51)", "-3")]
    [InlineData("States.MathAdd(-0.5, 0)", "0")]
    [InlineData("States.MathAdd(2.5, 0)", "3")]
    [InlineData("States.StringSplit($.text, ',')", """["a","b;c","d"]""")]
    [InlineData("States.StringSplit('This.is+a,test-string', '.+-')", """["This","is","a,test","string"]""")]
    [InlineData("States.StringSplit('abc', '')", """["abc"]""")]
    [InlineData("States.ArrayLength( $$.list )", "2")]
    [InlineData("States.ArrayLength($variable)", "1")]
    [InlineData("States.ArrayLength($.list[?(@ > 3 && (@ < 5))])", "0")]
    public void Evaluate_Function_GivesItsValue(string expression, string expected) => AssertValue(expression, JsonValue.Parse(expected));

    [Theory]
    [InlineData("States.MathRandom(5, 8)", 5, 7)]
    [InlineData("States.MathRandom(-9, -8)", -9, -9)]
    [InlineData("States.MathRandom(12.5, 14.4)", 13, 13)]
    public void Evaluate_MathRandom_StaysInRange(string expression, long least, long most)
    {
        var scope = Scope();
        for (int i = 0; i < 100; i++)
        {
            var number = (JsonNumber)Evaluate(expression, scope).Value!;
            Assert.True(number.TryGetInt64(out long value));
            Assert.InRange(value, least, most);
        }
    }

    [Fact]
    public void Evaluate_MathRandomWithSeed_GivesTheSameNumber() =>
        Assert.Equal(Evaluate("States.MathRandom(0, 1000000, 7)", Scope()).Value, Evaluate("States.MathRandom(0, 1000000, 7)", Scope()).Value);

    [Fact]
    public void Evaluate_Uuid_GivesAnotherEachTime()
    {
        TestScope scope = Scope();
        string first = ((JsonString)Evaluate("States.UUID()", scope).Value!).Value;
        string second = ((JsonString)Evaluate("States.UUID()", scope).Value!).Value;
        Assert.NotEqual(first, second);
        Assert.True(Guid.TryParseExact(first, "D", out _));
        Assert.Equal('4', first[14]);
    }

    [Theory]
    [InlineData("States.Format($.n)", "Argument 1 must be a string.")]
    [InlineData("States.Format('{}')", IntrinsicErrors.PlaceholderCount)]
    [InlineData("States.Format('{}', 1, 2)", IntrinsicErrors.PlaceholderCount)]
    [InlineData("States.StringToJson('{')", IntrinsicErrors.NotJson)]
    [InlineData("States.StringToJson($.n)", "Argument 1 must be a string.")]
    [InlineData("States.ArrayPartition($.list, 0)", IntrinsicErrors.ChunkSize)]
    [InlineData("States.ArrayPartition($.n, 1)", "Argument 1 must be an array.")]
    [InlineData("States.ArrayContains($.n, 1)", "Argument 1 must be an array.")]
    [InlineData("States.ArrayRange(1, 2, 0)", IntrinsicErrors.DivisionByZeroStep)]
    [InlineData("States.ArrayRange(1, 1001, 1)", "The number of items must not be larger than 1000.")]
    [InlineData("States.ArrayRange(-9223372036854775807, $.big, 1)", "The number of items must not be larger than 1000.")]
    [InlineData("States.ArrayGetItem($.list, 5)", IntrinsicErrors.IndexOutOfRange)]
    [InlineData("States.ArrayGetItem($.list, -1)", IntrinsicErrors.IndexOutOfRange)]
    [InlineData("States.ArrayLength($.name)", "Argument 1 must be an array.")]
    [InlineData("States.ArrayUnique($.name)", "Argument 1 must be an array.")]
    [InlineData("States.Base64Encode($.n)", "Argument 1 must be a string.")]
    [InlineData("States.Base64Decode('*')", IntrinsicErrors.NotBase64)]
    [InlineData("States.Hash('x', 'sha-256')", IntrinsicErrors.UnknownAlgorithm)]
    [InlineData("States.JsonMerge($.object, $.object, true)", IntrinsicErrors.DeepMerge)]
    [InlineData("States.JsonMerge($.object, $.n, false)", "Argument 2 must be an object.")]
    [InlineData("States.MathRandom(2, 2)", IntrinsicErrors.EmptyRange)]
    [InlineData("States.MathAdd($.name, 1)", "Argument 1 must be a number.")]
    [InlineData("States.MathAdd($.big, 1)", IntrinsicErrors.Overflow)]
    [InlineData("States.StringSplit('a', $.n)", "Argument 2 must be a string.")]
    public void Evaluate_BadArgument_FailsAsIntrinsicFailure(string expression, string fault)
    {
        Outcome<JsonValue> outcome = Evaluate(expression, Scope());
        Assert.Equal(new StatesError(ErrorNames.IntrinsicFailure, $"The function '{expression}' had the following error: {fault}"), outcome.Error);
    }

    [Fact]
    public void Evaluate_ArgumentNotFound_FailsAsRuntimeWithTheWholeExpression()
    {
        const string Expression = "States.Format('{}', States.ArrayLength($.nope))";
        Outcome<JsonValue> outcome = Evaluate(Expression, new TestScope("""{"other":1}"""));
        Assert.Equal(
            new StatesError(ErrorNames.Runtime, $"The function '{Expression}' had the following error: The JsonPath argument for the field '$.nope' could not be found in the input '{{\"other\":1}}'"),
            outcome.Error);
    }

    [Fact]
    public void Evaluate_LongTextWithoutLimits_IsTaken()
    {
        string expression = $"States.Base64Encode('{new string('a', 10_001)}')";
        Assert.False(Evaluate(expression, Scope()).IsSuccess);
        Assert.True(Evaluate(expression, new TestScope { LimitsInForce = Limits.None }).IsSuccess);
    }

    [Theory]
    [InlineData("")]
    [InlineData("States.")]
    [InlineData("States.Format")]
    [InlineData("States.Format(")]
    [InlineData("States.Format('a'")]
    [InlineData("States.Format('a)")]
    [InlineData("States.Format('a',)")]
    [InlineData("States.Format('a\\\"b')")]
    [InlineData("States.Format('a\\nb')")]
    [InlineData("States.Format('a\\tb')")]
    [InlineData("States.Format('a\\u0041b')")]
    [InlineData("States.Format('a' 'b')")]
    [InlineData("States.Format('a') x")]
    [InlineData("States.Nothing()")]
    [InlineData("States.format('a')")]
    [InlineData("States.UUID(1)")]
    [InlineData("States.MathAdd(1)")]
    [InlineData("States.MathAdd(1, 2, 3)")]
    [InlineData("States.MathAdd(1, '2')")]
    [InlineData("States.Array(abc)")]
    [InlineData("States.Array($.)")]
    [InlineData("States.Array(\"x\")")]
    [InlineData("Other.Array()")]
    public void TryParse_NotACall_ReportsTheProblem(string text)
    {
        Assert.False(IntrinsicExpression.TryParse(text, out IntrinsicExpression? expression, out string? error));
        Assert.Null(expression);
        Assert.NotEmpty(error);
    }

    [Fact]
    public void TryParse_NestedTooDeep_IsRefused() =>
        Assert.False(IntrinsicExpression.TryParse(
            string.Concat(Enumerable.Repeat("States.Array(", 5000)) + new string(')', 5000), out _, out _));

    private static TestScope Scope() => new(
        ((JsonObject)JsonValue.Parse(Input)).With("template", "<{}>").ToString(), """{"list":[1,2]}""", """{"variable":[1]}""");

    private static Outcome<JsonValue> Evaluate(string text, TestScope scope)
    {
        Assert.True(IntrinsicExpression.TryParse(text, out IntrinsicExpression? expression, out string? error), error);
        return expression.Evaluate(scope, scope.Input, "value.$");
    }

    private static void AssertValue(string text, JsonValue expected)
    {
        Outcome<JsonValue> outcome = Evaluate(text, Scope());
        Assert.Null(outcome.Error);
        Assert.Equal(expected, outcome.Value);
    }
}
