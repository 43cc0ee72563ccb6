using StepFlow.Integrations.Tables.Expressions;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Tables;

public sealed class ConditionTests
{
    private static readonly JsonObject Item = (JsonObject)JsonValue.Parse("""
        {"s": {"S": "hello"}, "n": {"N": "5"}, "b": {"BOOL": true}, "m": {"M": {"x": {"N": "1"}}},
         "l": {"L": [{"S": "a"}, {"N": "2"}]}, "ss": {"SS": ["x", "y"]}, "size": {"N": "3"}}
        """);

    private static readonly JsonObject Values = (JsonObject)JsonValue.Parse("""
        {":s": {"S": "hello"}, ":h": {"S": "he"}, ":five": {"N": "5.0"}, ":two": {"N": "2"}, ":nine": {"N": "9"}, ":a": {"S": "a"}, ":x": {"S": "x"}, ":t": {"S": "N"}}
        """);

    [Theory]
    [InlineData("s = :s", true)]
    [InlineData("n = :five", true)]
    [InlineData("n <> :five", false)]
    [InlineData("n > :two AND n < :nine", true)]
    [InlineData("n >= :five and n <= :five", true)]
    [InlineData("n < :two OR s = :s", true)]
    [InlineData("NOT n < :two", true)]
    [InlineData("NOT NOT n < :two", false)]
    [InlineData("n < :two AND n < :two OR s = :s", true)]
    [InlineData("n < :two AND (n < :two OR s = :s)", false)]
    [InlineData("n BETWEEN :two AND :nine AND s = :s", true)]
    [InlineData("n IN (:two, :five)", true)]
    [InlineData("s < n", false)]
    [InlineData("missing = :s", false)]
    [InlineData("missing <> :s", true)]
    [InlineData("attribute_exists(m.x)", true)]
    [InlineData("attribute_not_exists(m.y)", true)]
    [InlineData("attribute_type(n, :t)", true)]
    [InlineData("begins_with(s, :h)", true)]
    [InlineData("begins_with(n, :h)", false)]
    [InlineData("contains(s, :h)", true)]
    [InlineData("contains(l, :a)", true)]
    [InlineData("contains(ss, :x)", true)]
    [InlineData("l[1] = :two", true)]
    [InlineData("l[7] = :two", false)]
    [InlineData("size(l) = :two", true)]
    [InlineData("size(s) = :five", true)]
    [InlineData("size > :two", true)]
    [InlineData("#s = :s", true)]
    public void Holds_ForAnItem_EqualsDynamoDb(string expression, bool expected)
    {
        var reader = new ExpressionReader("ConditionExpression", expression, new((JsonObject)JsonValue.Parse("""{"#s": "s"}"""), Values));

        Condition condition = ConditionParser.Parse(reader);

        Assert.Null(reader.Problem);
        Assert.Equal(expected, condition.Holds(Item));
    }

    [Theory]
    [InlineData("", "<EOF>")]
    [InlineData("s =", "<EOF>")]
    [InlineData("s = :s s", "s")]
    [InlineData("(s = :s", "<EOF>")]
    [InlineData("s == :s", "=")]
    [InlineData("s ? :s", "?")]
    [InlineData("l[x] = :s", "x")]
    public void Parse_SyntaxError_NamesTheToken(string expression, string token)
    {
        var reader = new ExpressionReader("ConditionExpression", expression, new(null, Values));

        ConditionParser.Parse(reader);

        Assert.StartsWith($"Invalid ConditionExpression: Syntax error; token: \"{token}\", near: ", reader.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DeepNesting_IsRefused()
    {
        var reader = new ExpressionReader("FilterExpression", new string('(', 100_000), new(null, Values));

        ConditionParser.Parse(reader);

        Assert.Equal("Invalid FilterExpression: Expression is nested too deeply", reader.Problem);
    }

    [Fact]
    public void Parse_UnknownFunction_IsNamed()
    {
        var reader = new ExpressionReader("FilterExpression", "like(s, :s)", new(null, Values));

        ConditionParser.Parse(reader);

        Assert.Equal("Invalid FilterExpression: Invalid function name; function: like", reader.Problem);
    }
}
