using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Comparison;

/// <summary>What counts as equal to a recording, and what does not.</summary>
public sealed class MatcherTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""")]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    [InlineData("""{"timestamp":"timestamp"}""", """{"timestamp":1700000000.5}""")]
    [InlineData("""{"startDate":"datetime"}""", """{"startDate":1700000000.5}""")]
    [InlineData("""{"x":"at date and date"}""", """{"x":"at 2024-03-01T12:00:00Z and 2024-03-01T12:00:00.123+01:00"}""")]
    [InlineData("""{"x":"date"}""", """{"x":"date"}""")]
    [InlineData("""{"RequestId":"RequestId"}""", """{"RequestId":"5f0c"}""")]
    [InlineData("""{"id":"<uuid:1>","other":"see <uuid:1>"}""", """{"id":"77","other":"see 77"}""")]
    [InlineData("""{"arn":"arn:<partition>:states:<region>:111111111111:stateMachine:<ArnPart_0idx>"}""", """{"arn":"arn:aws:states:us-east-1:111111111111:stateMachine:machine-1"}""")]
    [InlineData("""{"output":"[1, {\"a\": 2, \"b\": 3}]"}""", """{"output":"[1,{\"b\":3,\"a\":2}]"}""")]
    [InlineData("""{"FunctionResult":"RandomNumberGenerated"}""", """{"FunctionResult":17}""")]
    public void Compare_SameUpToPlaceholders_FindsNothing(string expected, string actual) =>
        Assert.Null(Compare(expected, actual));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":1}""", """{}""")]
    [InlineData("""{}""", """{"a":1}""")]
    [InlineData("""{"a":null}""", """{}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":[1]}""", """{"a":[1,2]}""")]
    [InlineData("""{"other":"timestamp"}""", """{"other":"1700000000.5"}""")]
    [InlineData("""{"x":"at date"}""", """{"x":"at noon"}""")]
    [InlineData("""{"id":"<uuid:1>","other":"<uuid:1>"}""", """{"id":"77","other":"78"}""")]
    [InlineData("""{"arn":"arn:<partition>:states:<region>:111111111111:stateMachine:<ArnPart_0idx>"}""", """{"arn":"arn:aws:states:us-east-1:111111111111:stateMachine:machine-2"}""")]
    [InlineData("""{"output":"[1, 2]"}""", """{"output":"[1,3]"}""")]
    [InlineData("""{"cause":"Some cause."}""", """{"cause":"Some cause"}""")]
    [InlineData("""{"cause":"a.b"}""", """{"cause":"axb"}""")]
    public void Compare_Different_ReportsWhere(string expected, string actual) =>
        Assert.NotNull(Compare(expected, actual));

    [Fact]
    public void Of_TextsThatBeginWithABrace_ParsesOnce()
    {
        JsonValue actual = Recording.Of(JsonValue.Parse("""{"output":"{\"inner\":\"{}\"}","list":["{}"],"text":"[1]"}"""));

        Assert.Equal(JsonValue.Parse("""{"output":{"inner":"{}"},"list":["{}"],"text":"[1]"}"""), actual);
    }

    private static Difference? Compare(string expected, string actual)
    {
        AslCase aslCase = AslCase.From(JsonValue.Parse("""
            {"id":"x","kind":"execution","recordedDate":"01-02-2025, 00:00:00",
             "placeholders":[{"value":"machine-1","placeholder":"<ArnPart_0idx>"}],
             "normalise":[{"type":"jsonpath","path":"$..FunctionResult","replacement":"RandomNumberGenerated","reference":false}]}
            """));
        return new Matcher(new(aslCase), new(aslCase.Recorded)).Compare(JsonValue.Parse(expected), JsonValue.Parse(actual), string.Empty);
    }
}
