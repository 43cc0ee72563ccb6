namespace StepFlow.Conformance.Tests.Asl.Comparison;

public sealed class EmbeddedJsonTests
{
    [Theory]
    [InlineData("""at {"b": 1, "a": [ 2 ]} here""", """at {"a":[2],"b":1} here""")]
    [InlineData("""{"x":"{\"b\":1, \"a\":2}"}""", """{"x":"{\"a\":2,\"b\":1}"}""")]
    [InlineData("a { b [ c", "a { b [ c")]
    [InlineData("""{"a":"}"}""", """{"a":"}"}""")]
    [InlineData("{a=1, b=2}", "{a=1, b=2}")]
    public void Normalise_EachText_HasMembersByName(string text, string expected) => Assert.Equal(expected, EmbeddedJson.Normalise(text));
}
