using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.JsonPath;
using StepFlow.Language.Templates;
using StepFlow.Language.Tests.JsonPath;

namespace StepFlow.Language.Tests.Templates;

public sealed class JsonPathStateDataTests
{
    private static readonly TestScope Scope = new("""{"a":{"b":1},"c":2}""", """{"Name":"m"}""", """{"v":42}""");

    [Theory]
    [InlineData("$", """{"a":{"b":1},"c":2}""")]
    [InlineData("$.a", """{"b":1}""")]
    [InlineData("$$", """{"Name":"m"}""")]
    [InlineData("$v", "42")]
    [InlineData("$.a[*]", "[1]")]
    [InlineData(null, "{}")]
    public void Arguments_InputPath_SelectsTheInput(string? path, string expected) =>
        Assert.Equal(JsonValue.Parse(expected), new JsonPathStateData { Input = Input(path) }.Arguments(Scope).Value);

    [Theory]
    [InlineData("$.no", "Invalid path '$.no' : No results for path: $['no']")]
    [InlineData("$.no.such", "Invalid path '$.no.such' : Missing property in path $['no']")]
    [InlineData("$.a[0]", "Invalid path '$.a[0]' : Filter: [0] can only be applied to arrays. Current context is: {\"b\":1}")]
    public void Arguments_InputPathNotFound_Fails(string path, string cause) =>
        Assert.Equal(new StatesError("States.Runtime", cause), new JsonPathStateData { Input = Input(path) }.Arguments(Scope).Error);

    [Fact]
    public void Arguments_Parameters_ApplyToTheEffectiveInput()
    {
        var data = new JsonPathStateData { Input = Input("$.a"), Parameters = Template("""{"x.$":"$.b","y":"$.b"}""") };
        Assert.Equal(JsonValue.Parse("""{"x":1,"y":"$.b"}"""), data.Arguments(Scope).Value);
    }

    [Fact]
    public void Arguments_NullInputPathWithParameters_SeeAnEmptyObject()
    {
        var data = new JsonPathStateData { Input = Input(null), Parameters = Template("""{"Arg2":"argument2","FromInput.$":"$"}""") };
        Assert.Equal(JsonValue.Parse("""{"Arg2":"argument2","FromInput":{}}"""), data.Arguments(Scope).Value);
    }

    [Fact]
    public void Complete_Default_ReplacesTheInputByTheResult() =>
        Assert.Equal(("result", null), new JsonPathStateData().Leave(Scope, "result").Value);

    [Theory]
    [InlineData("$.a.r", """{"a":{"b":1,"r":"result"},"c":2}""")]
    [InlineData("$", "\"result\"")]
    [InlineData(null, """{"a":{"b":1},"c":2}""")]
    public void Complete_ResultPath_CombinesWithTheRawInput(string? path, string expected)
    {
        var data = new JsonPathStateData { Input = Input("$.c"), ResultPath = Reference(path) };
        Assert.Equal(JsonValue.Parse(expected), data.Leave(Scope, "result").Value.Output);
    }

    [Fact]
    public void Complete_ResultPathThatDoesNotFit_Fails()
    {
        Outcome<(JsonValue Output, JsonObject? Assigned)> outcome = new JsonPathStateData { ResultPath = Reference("$.r") }.Leave(new TestScope("\"input1\""), "result");
        Assert.Equal(
            new StatesError("States.ReferencePathConflict", "Unable to apply ReferencePath $.r to input \"input1\"") { RaisedByInterpreter = false },
            outcome.Error);
    }

    [Theory]
    [InlineData("$.r", "\"result\"")]
    [InlineData("$$.Name", "\"m\"")]
    [InlineData("$v", "42")]
    [InlineData(null, "{}")]
    public void Complete_OutputPath_SelectsFromTheCombination(string? path, string expected)
    {
        var data = new JsonPathStateData { ResultPath = Reference("$.r"), OutputPath = Path(path) };
        Assert.Equal(JsonValue.Parse(expected), data.Leave(Scope, "result").Value.Output);
    }

    [Fact]
    public void Complete_OutputPathNotFound_Fails()
    {
        Outcome<(JsonValue Output, JsonObject? Assigned)> outcome = new JsonPathStateData { OutputPath = Path("$.no.such.path") }.Leave(Scope, JsonObject.Empty);
        Assert.Equal("Invalid path '$.no.such.path' : Missing property in path $['no']", outcome.Error?.Cause);
    }

    [Fact]
    public void Complete_ResultSelectorAndAssign_SeeTheResultAndTheValuesAtEntry()
    {
        var data = new JsonPathStateData
        {
            ResultSelector = Template("""{"picked.$":"$.x","name.$":"$$.Name"}"""),
            Assign = Template("""{"v.$":"$.picked","old.$":"$v"}"""),
        };
        (JsonValue Output, JsonObject? Assigned) result = data.Leave(Scope, JsonValue.Parse("""{"x":7,"y":8}""")).Value;
        Assert.Equal(JsonValue.Parse("""{"picked":7,"name":"m"}"""), result.Output);
        Assert.Equal(JsonValue.Parse("""{"v":7,"old":42}"""), result.Assigned);
    }

    [Fact]
    public void Complete_EmptyAssign_AssignsNothing() =>
        Assert.Null(new JsonPathStateData { Assign = Template("{}") }.Leave(Scope, JsonObject.Empty).Value.Assigned);

    [Fact]
    public void Arguments_PathIntoNull_CannotBeTransformed() =>
        Assert.Equal("Unable to apply Path transformation to null or empty input.", new JsonPathStateData { Input = Input("$.a") }.Arguments(new TestScope("null")).Error?.Cause);

    [Fact]
    public void Arguments_PathNotFoundInALargeDocument_CutsTheCause()
    {
        var scope = new TestScope(new JsonString(new string('x', 1_000_000)), JsonObject.Empty, JsonObject.Empty);
        string? cause = new JsonPathStateData { Parameters = Template("{\"v.$\":\"$.no\"}") }.Arguments(scope).Error?.Cause;
        Assert.InRange(cause!.Length, 32_768, 33_000);
    }

    [Fact]
    public void Complete_AssignPathNotFound_Fails() =>
        Assert.Contains("for the field 'v.$'", new JsonPathStateData { Assign = Template("""{"v.$":"$.no"}""") }.Leave(Scope, JsonObject.Empty).Error?.Cause, StringComparison.Ordinal);

    [Fact]
    public void Complete_DocumentThatGrowsEachTurn_FailsBeforeItIsTooDeep()
    {
        var wrap = new JsonPathStateData { Parameters = Template("""{"inner.$":"$"}""") };
        JsonValue document = JsonObject.Empty;
        StatesError? error = null;
        for (int i = 0; i < 10_000 && error is null; i++)
        {
            Outcome<JsonValue> outcome = wrap.Arguments(new TestScope(document, JsonObject.Empty, JsonObject.Empty));
            error = outcome.Error;
            document = outcome.Value ?? document;
        }

        Assert.Equal(ErrorNames.Runtime, error?.Name);
        Assert.Equal(JsonParser.MaxDepth, document.Depth);
        Assert.Equal(document, JsonValue.Parse(document.ToUtf8()));
    }

    private static EffectiveInput Input(string? path) => new(Path(path));

    private static PathExpression? Path(string? text) => text is null ? null : PathExpression.TryParse(text, out PathExpression? path, out _) ? path : throw new ArgumentException(text);

    private static ReferencePath? Reference(string? text) => text is null ? null : ReferencePath.TryParse(text, out ReferencePath? path, out _) ? path : throw new ArgumentException(text);

    private static PayloadTemplate Template(string text) => PayloadTemplate.TryParse(JsonValue.Parse(text), out PayloadTemplate? template, out _) ? template : throw new ArgumentException(text);
}
