using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Templates;
using StepFlow.Language.Tests.JsonPath;

namespace StepFlow.Language.Tests.Templates;

public sealed class PayloadTemplateTests
{
    [Theory]
    [InlineData("""{"a":1,"b.$":"$.x"}""", """{"a":1,"b":{"y":[1,2]}}""")]
    [InlineData("""{"a":{"b":[{"c.$":"$.x.y[1]"},"$.x"]}}""", """{"a":{"b":[{"c":2},"$.x"]}}""")]
    [InlineData("""{"all.$":"$","ctx.$":"$$.Name","var.$":"$v","sum.$":"States.MathAdd($.x.y[0], 1)"}""", """{"all":{"x":{"y":[1,2]}},"ctx":"m","var":"V","sum":2}""")]
    [InlineData("""{"none.$":"$.nothing[*]"}""", """{"none":[]}""")]
    [InlineData("""{"a":"$.x","b":"States.UUID()","c":[null,1.5,"$$"]}""", """{"a":"$.x","b":"States.UUID()","c":[null,1.5,"$$"]}""")]
    [InlineData("""["$.x"]""", """["$.x"]""")]
    [InlineData("\"text\"", "\"text\"")]
    public void Evaluate_Template_FillsInItsExpressions(string template, string expected)
    {
        var scope = new TestScope("""{"x":{"y":[1,2]}}""", """{"Name":"m"}""", """{"v":"V"}""");
        Outcome<JsonValue> outcome = Parse(template).Evaluate(scope, scope.Input);
        Assert.Null(outcome.Error);
        Assert.Equal(JsonValue.Parse(expected), outcome.Value);
    }

    [Theory]
    [InlineData(new[] { "Bucket.$", "Key.$", "from_previous" }, "from_previous,Bucket,Key")]
    [InlineData(new[] { "constantValue", "mapValue.$", "fromInput.$" }, "constantValue,mapValue,fromInput")]
    [InlineData(new[] { "original_input.$", "iteration_input_value.$", "iteration_index.$", "from_input_constant.$", "constant_value" },
        "constant_value,iteration_input_value,from_input_constant,iteration_index,original_input")]
    [InlineData(new[] { "ApiEndpoint.$", "Method.$", "Path.$", "Stage.$", "RequestBody.$" }, "Path,Stage,ApiEndpoint,Method,RequestBody")]
    public void Evaluate_Members_ComeInTheOrderOfTheService(string[] names, string expected)
    {
        var template = (JsonObject)JsonValue.Parse($"{{{string.Join(',', names.Select(name => $"\"{name}\":\"$\""))}}}");
        var value = (JsonObject)Parse(template.ToString()).Evaluate(new TestScope(), JsonObject.Empty).Value!;
        Assert.Equal(expected, string.Join(',', value.Select(member => member.Key)));
    }

    [Fact]
    public void Evaluate_PathNotFound_NamesPathFieldAndInput()
    {
        var scope = new TestScope("""{"int-literal":0}""");
        Outcome<JsonValue> outcome = Parse("""{"value.$":"$.no_such_jsonpath"}""").Evaluate(scope, scope.Input);
        Assert.Equal(
            new StatesError("States.Runtime", "The JSONPath '$.no_such_jsonpath' specified for the field 'value.$' could not be found in the input '{\"int-literal\":0}'"),
            outcome.Error);
    }

    [Fact]
    public void Evaluate_NullInput_CannotBeTransformed()
    {
        var scope = new TestScope("null");
        Assert.Equal("Unable to apply Path transformation to null or empty input.", Parse("""{"v.$":"$"}""").Evaluate(scope, scope.Input).Error?.Cause);
        Assert.True(Parse("""{"v.$":"States.UUID()","w.$":"$$"}""").Evaluate(scope, scope.Input).IsSuccess);
    }

    [Fact]
    public void Evaluate_TemplateWithoutExpressions_GivesTheSameValue()
    {
        JsonValue source = JsonValue.Parse("""{"a":[1,{"b":2}]}""");
        Assert.True(PayloadTemplate.TryParse(source, out PayloadTemplate? template, out _));
        Assert.Same(source, template.Evaluate(new TestScope(), JsonValue.Null).Value);
    }

    [Fact]
    public void TryParse_BadExpressions_ReportsEachWithItsLocation()
    {
        JsonValue source = JsonValue.Parse("""{"a.$":"x","b":{"c":[{"d.$":"$."}]},"e.$":1,"f":1,"f.$":"$","g.$":"States.No()"}""");
        Assert.False(PayloadTemplate.TryParse(source, out PayloadTemplate? template, out IReadOnlyList<TemplateError> errors));
        Assert.Null(template);
        Assert.Equal(["/a.$", "/b/c[0]/d.$", "/e.$", "/f.$", "/g.$"], errors.Select(error => $"{error.Location}/{error.Field}"));
        Assert.All(errors, error => Assert.NotEmpty(error.Reason));
    }

    private static PayloadTemplate Parse(string source)
    {
        Assert.True(PayloadTemplate.TryParse(JsonValue.Parse(source), out PayloadTemplate? template, out _));
        return template;
    }
}
