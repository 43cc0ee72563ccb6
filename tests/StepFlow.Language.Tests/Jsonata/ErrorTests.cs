using StepFlow.Language.Json;
using StepFlow.Language.Jsonata;

namespace StepFlow.Language.Tests.Jsonata;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("", "S0207", 0)]
    [InlineData("1 +", "S0207", 3)]
    [InlineData("'abc", "S0101", 4)]
    [InlineData("\"\\q\"", "S0103", 2)]
    [InlineData("\"\\u12\"", "S0104", 2)]
    [InlineData("`abc", "S0105", 4)]
    [InlineData("1 /* x", "S0106", 2)]
    [InlineData("a b", "S0201", 2)]
    [InlineData("(1, 2)", "S0202", 2)]
    [InlineData("[1", "S0203", 2)]
    [InlineData("1 ! 2", "S0204", 2)]
    [InlineData("a =>", "S0211", 3)]
    [InlineData("x := 1", "S0212", 0)]
    [InlineData("a.5", "S0213", 2)]
    [InlineData("a@b", "S0214", 2)]
    [InlineData("%", "S0217", 0)]
    [InlineData("$f(//)", "S0301", 4)]
    [InlineData("$f(/a)", "S0302", 6)]
    [InlineData("/(/", "S0302", 3)]
    [InlineData("/a**/", "S0303", 0)]
    [InlineData("function($x)<n<n>>{1}", "S0401", 14)]
    [InlineData("function(x){1}", "S0208", 9)]
    public void Parse_OfWhatIsNoExpression_ShowsCodeAndPosition(string text, string code, int position)
    {
        Assert.False(JsonataExpression.TryParse(text, out JsonataExpression? expression, out JsonataError? error));

        Assert.Null(expression);
        Assert.Equal((code, position), (error.Code, error.Position));
    }

    [Theory]
    [InlineData("1 + 'a'", "T2002", 2, "The right side of the \"+\" operator must evaluate to a number")]
    [InlineData("null * 1", "T2001", 5, "The left side of the \"*\" operator must evaluate to a number")]
    [InlineData("1 < 'a'", "T2009", 2, "The values 1 and \"a\" either side of operator \"<\" must be of the same data type")]
    [InlineData("1 < true", "T2010", 2, "The expressions either side of operator \"<\" must evaluate to numeric or string values")]
    [InlineData("-'a'", "D1002", 0, "Cannot negate a non-numeric value: \"a\"")]
    [InlineData("$foo(1)", "T1006", 4, "Attempted to invoke a non-function")]
    [InlineData("sum(1)", "T1005", 3, "Attempted to invoke a non-function. Did you mean $sum?")]
    [InlineData("sum(?)", "T1007", 3, "Attempted to partially apply a non-function. Did you mean $sum?")]
    [InlineData("$sum(['a'])", "T0412", 4, "Argument 1 of function \"sum\" must be an array of \"numbers\"")]
    [InlineData("$uppercase(1)", "T0410", 10, "Argument 1 of function \"uppercase\" does not match function signature")]
    [InlineData("1 ~> 2", "T2006", 2, "The right side of the function application operator ~> must be a function")]
    [InlineData("{1: 2}", "T1003", 0, "Key in object structure must evaluate to a string; got: 1")]
    [InlineData("[{'a': 1}, {'a': 'x'}]^(a)", "T2007", 22, "Type mismatch when comparing values 1 and \"x\" in order-by clause")]
    [InlineData("[1.5..2]", "T2003", 4, "The left side of the range operator (..) must evaluate to an integer")]
    [InlineData("$number('x')", "D3030", 7, "Unable to cast value to a number: \"x\"")]
    [InlineData("$error('no')", "D3137", 6, "no")]
    [InlineData("$assert(false, 'bad')", "D3141", 7, "bad")]
    [InlineData("(1 / 0) + 1", "D1001", 8, "Number out of range: null")]
    [InlineData("$toMillis('x')", "D3110", 9, "The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given \"x\"")]
    public void Evaluate_OfWhatFails_ShowsCodePositionAndText(string text, string code, int position, string message)
    {
        JsonataError? error = Expressions.Evaluate(text).Error;

        Assert.Equal((code, position, message), (error?.Code, error!.Position, error.Message));
    }

    [Fact]
    public void Error_AsText_IsCodeAndMessage() =>
        Assert.Equal("T1006: Attempted to invoke a non-function", Expressions.Evaluate("$foo()").Error?.ToString());

    [Fact]
    public void Bindings_Inner_HideOuterAndFunctions()
    {
        JsonataBindings bindings = new JsonataBindings(new Dictionary<string, JsonValue> { ["a"] = 1, ["b"] = 2 }).With("b", 3).With("sum", 4);

        Assert.Equal("[1,3,4]", Expressions.Describe(Expressions.Evaluate("[$a, $b, $sum]", null, null, bindings)));
    }
}
