using StepFlow.Language.Evaluation;
using StepFlow.Language.Intrinsics;
using StepFlow.Language.Json;
using StepFlow.Language.Jsonata.Asl;
using StepFlow.Language.JsonPath;
using StepFlow.Language.Templates;
using StepFlow.Language.Tests.JsonPath;

namespace StepFlow.Language.Tests.Templates;

public sealed class FieldTests
{
    [Theory]
    [InlineData("$.Error", """{"Error":"e"}""", "e")]
    [InlineData("States.Format('{}!', $.Error)", """{"Error":"e"}""", "e!")]
    [InlineData("$$.State.Name", "{}", "S")]
    public void Evaluate_Text_GivesTheString(string expression, string input, string expected) =>
        Assert.Equal(expected, Text(expression, input).Value);

    [Fact]
    public void Evaluate_TextNotFound_NamesTheField() => Assert.Equal(
        new StatesError("States.Runtime", "The JSONPath '$.ErrorX' specified for the field 'ErrorPath' could not be found in the input '{\"Error\":\"error-value\"}'"),
        Text("$.ErrorX", """{"Error":"error-value"}""").Error);

    [Fact]
    public void Evaluate_TextThatIsNoString_Fails() => Assert.Equal(ErrorNames.Runtime, Text("$.Error", """{"Error":1}""").Error?.Name);

    [Theory]
    [InlineData("5", 5)]
    [InlineData("\"2\"", 2)]
    [InlineData("3.0", 3)]
    [InlineData("99999999999", 99999999999)]
    [InlineData("0", 0)]
    public void Evaluate_Number_GivesIt(string value, double expected) => Assert.Equal(expected, Number(NumberRule.MaxConcurrency, value).Value);

    public static TheoryData<NumberRule, string, string> BadNumbers => new()
    {
        { NumberRule.MaxConcurrency, "\"NoNumber\"", "The MaxConcurrencyPath field refers to value \"NoNumber\" which is not a valid integer: $.value" },
        { NumberRule.MaxConcurrency, "{}", "The MaxConcurrencyPath field refers to value \"{}\" which is not a valid integer: $.value" },
        { NumberRule.ToleratedFailureCount, "1.5", "The ToleratedFailureCountPath field refers to value \"1.5\" which is not a valid integer: $.value" },
        { NumberRule.ToleratedFailureCount, "-1", "ToleratedFailureCount cannot be negative." },
        { NumberRule.ToleratedFailurePercentage, "\"NoNumber\"", "The ToleratedFailurePercentagePath field refers to value \"NoNumber\" which is not a valid float: $.value" },
        { NumberRule.ToleratedFailurePercentage, "-1.1", "ToleratedFailurePercentage must be between 0 and 100." },
        { NumberRule.ToleratedFailurePercentage, "100.1", "ToleratedFailurePercentage must be between 0 and 100." },
    };

    [Theory]
    [MemberData(nameof(BadNumbers))]
    public void Evaluate_BadNumber_FailsAsRecorded(NumberRule rule, string value, string cause) =>
        Assert.Equal(new StatesError(ErrorNames.Runtime, cause), Number(rule, value).Error);

    [Fact]
    public void Evaluate_NumberNotFound_Fails() => Assert.Equal(
        "Invalid path '$.No' : No results for path: $['No']",
        new PathNumber(NumberRule.TimeoutSeconds, Path("$.No"), EffectiveInput.Raw).Evaluate(new TestScope()).Error?.Cause);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("60", 60)]
    [InlineData("\"60\"", 60)]
    [InlineData("2147483647", 2147483647)]
    public void Evaluate_SecondsPath_EndsAfterThem(string seconds, long expected) =>
        Assert.Equal(TestScope.Noon.AddSeconds(expected), Seconds(seconds).Value);

    [Theory]
    [InlineData("-1", "The SecondsPath parameter references a negative value: $.value == -1")]
    [InlineData("\"x\"", "The SecondsPath parameter cannot be parsed as a long value: $.value == x")]
    [InlineData("1.5", "The SecondsPath parameter cannot be parsed as a long value: $.value == 1.5")]
    [InlineData("2147483648", "Wait state delay is too long.")]
    public void Evaluate_BadSeconds_Fails(string seconds, string cause) => Assert.Equal(new StatesError(ErrorNames.Runtime, cause), Seconds(seconds).Error);

    [Theory]
    [InlineData("2016-03-14T01:59:00Z", "2016-03-14T01:59:00.0000000+00:00")]
    [InlineData("2016-03-05T21:29:29.243167252Z", "2016-03-05T21:29:29.2431672+00:00")]
    [InlineData("2016-03-14T01:59:00+02:00", "2016-03-13T23:59:00.0000000+00:00")]
    [InlineData("2016-03-14T01:59Z", "2016-03-14T01:59:00.0000000+00:00")]
    [InlineData("2093-01-19T12:00:00.000Z", "2093-01-19T12:00:00.0000000+00:00")]
    public void Evaluate_TimestampPath_EndsThen(string timestamp, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), Timestamp(timestamp).Value);

    [Theory]
    [InlineData("2016-12-05T21:29:29")]
    [InlineData("2016-12-05 21:29:29Z")]
    [InlineData("05-12-2016T21:29:29Z")]
    [InlineData("2016-13-05T21:29:29Z")]
    [InlineData("2016-12-05T25:29:29Z")]
    [InlineData("2016-02-30T21:29:29Z")]
    [InlineData("2016-12-05T21:29:29.Z")]
    [InlineData("2016-12-05T21:29:29.1234567890Z")]
    [InlineData("2016-12-05T21:29:29+0100")]
    [InlineData("2016-12-05")]
    [InlineData("")]
    public void Evaluate_TimestampThatIsNone_Fails(string timestamp) => Assert.Equal(
        new StatesError(ErrorNames.Runtime, $"The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.value == {timestamp}"),
        Timestamp(timestamp).Error);

    [Fact]
    public void Evaluate_TimestampTooFarAhead_Fails() => Assert.Equal("Wait state delay is too long.", Timestamp("2093-01-20T12:00:00.000Z").Error?.Cause);

    [Theory]
    [InlineData("[1]", false, "[1]")]
    [InlineData("[1]", true, "[1]")]
    [InlineData("""{"a":1}""", true, """{"a":1}""")]
    public void Evaluate_Items_GivesListOrObject(string items, bool isDistributed, string expected) => Assert.Equal(JsonValue.Parse(expected), Items(items, isDistributed).Value);

    [Theory]
    [InlineData("1", false)]
    [InlineData("1", true)]
    [InlineData("""{"a":1}""", false)]
    public void Evaluate_ItemsThatAreNone_Fails(string items, bool isDistributed) =>
        Assert.Equal("Reference path \"$.value\" must point to array.", Items(items, isDistributed).Error?.Cause);

    [Theory]
    [InlineData("true", false, "Map state input must be an array but was: true")]
    [InlineData("""{"a":1}""", false, """Map state input must be an array but was: {"a":1}""")]
    [InlineData("""{"a":1}""", true, null)]
    [InlineData("[1]", false, null)]
    public void Evaluate_InputAsItems_IsAnArrayOrAnObjectOfADistributedMap(string input, bool isDistributed, string? cause) =>
        Assert.Equal(cause, new InputItems(isDistributed).Evaluate(new TestScope(input)).Error?.Cause);

    [Fact]
    public void Evaluate_WaitWithoutAValue_NamesTheParameter()
    {
        Assert.Equal("The SecondsPath parameter does not reference an input value: $.x", new SecondsPathWait(Path("$.x"), EffectiveInput.Raw).Evaluate(new TestScope()).Error?.Cause);
        Assert.Equal("The TimestampPath parameter does not reference an input value: $.x", new TimestampPathWait(Path("$.x"), EffectiveInput.Raw).Evaluate(new TestScope()).Error?.Cause);
    }

    [Fact]
    public void Evaluate_ItemsNotFound_Fails() => Assert.Equal(
        "Unable to apply step \"items\" to input {\"x\":1}",
        new PathItems(Path("$.items"), EffectiveInput.Raw, isDistributed: false).Evaluate(new TestScope("""{"x":1}""")).Error?.Cause);

    [Fact]
    public void Evaluate_ReaderConfig_PutsTheNumberInsteadOfItsPath()
    {
        var config = (JsonObject)JsonValue.Parse("""{"InputType":"JSON","MaxItemsPath":"$max"}""");
        var field = new ReaderConfigValue(config, new PathNumber(NumberRule.MaxItems, Path("$max"), EffectiveInput.Raw));
        Assert.Equal(JsonValue.Parse("""{"InputType":"JSON","MaxItems":2}"""), field.Evaluate(new TestScope(variables: """{"max":"2"}""")).Value);
        Assert.Equal(new StatesError(ErrorNames.ItemReaderFailed, "field MaxItems must be positive"), field.Evaluate(new TestScope(variables: """{"max":-2}""")).Error);
    }

    private static Outcome<string> Text(string text, string input)
    {
        Assert.True(ValueExpression.TryParse(text, out ValueExpression? expression, out string? error), error);
        return new PathText("ErrorPath", expression, EffectiveInput.Raw).Evaluate(new TestScope(input, """{"State":{"Name":"S"}}"""));
    }

    private static Outcome<double> Number(NumberRule rule, string value) => new PathNumber(rule, Path("$.value"), EffectiveInput.Raw).Evaluate(Scope(JsonValue.Parse(value)));

    private static Outcome<DateTimeOffset> Seconds(string value) => new SecondsPathWait(Path("$.value"), EffectiveInput.Raw).Evaluate(Scope(JsonValue.Parse(value)));

    private static Outcome<DateTimeOffset> Timestamp(string value) => new TimestampPathWait(Path("$.value"), EffectiveInput.Raw).Evaluate(Scope(value));

    private static Outcome<JsonValue> Items(string value, bool isDistributed) => new PathItems(Path("$.value"), EffectiveInput.Raw, isDistributed).Evaluate(Scope(JsonValue.Parse(value)));

    private static TestScope Scope(JsonValue value) => new(JsonObject.Create(("value", value)), JsonObject.Empty, JsonObject.Empty);

    private static PathExpression Path(string text) => PathExpression.TryParse(text, out PathExpression? path, out _) ? path : throw new ArgumentException(text);
}
