using StepFlow.Language.Json;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Tests.JsonPath;

public sealed class ReferencePathTests
{
    [Theory]
    [InlineData("$", """{"a":1}""", "\"x\"")]
    [InlineData("$.b", """{"a":1}""", """{"a":1,"b":"x"}""")]
    [InlineData("$.a", """{"a":1,"b":2}""", """{"a":"x","b":2}""")]
    [InlineData("$.b.c.d", """{"a":1}""", """{"a":1,"b":{"c":{"d":"x"}}}""")]
    [InlineData("$['b'].c", """{"b":{"d":1}}""", """{"b":{"d":1,"c":"x"}}""")]
    [InlineData("$.a[1]", """{"a":[1,2,3]}""", """{"a":[1,"x",3]}""")]
    [InlineData("$.a[0].b", """{"a":[{"c":1}]}""", """{"a":[{"c":1,"b":"x"}]}""")]
    [InlineData("$[0]", "[1,2]", "[\"x\",2]")]
    public void Put_FittingDocument_ChangesACopy(string path, string document, string expected)
    {
        JsonValue before = JsonValue.Parse(document);
        Assert.Equal(JsonValue.Parse(expected), Parse(path).Put(before, "x"));
        Assert.Equal(JsonValue.Parse(document), before);
    }

    [Theory]
    [InlineData("$.a", "42")]
    [InlineData("$.a", "[1]")]
    [InlineData("$.a", "null")]
    [InlineData("$.a.b", """{"a":1}""")]
    [InlineData("$.a[2]", """{"a":[1,2]}""")]
    [InlineData("$.a[0]", """{"a":{}}""")]
    [InlineData("$.a[0]", "{}")]
    public void Put_DocumentThatDoesNotFit_GivesNothing(string path, string document) =>
        Assert.Null(Parse(path).Put(JsonValue.Parse(document), "x"));

    [Fact]
    public void Put_LargeDocument_SharesWhatItDoesNotChange()
    {
        var before = (JsonObject)JsonValue.Parse("""{"big":{"x":[1,2,3]},"small":1}""");
        var after = (JsonObject)Parse("$.small").Put(before, 2)!;
        Assert.Same(before["big"], after["big"]);
    }

    [Theory]
    [InlineData("$.a[*]")]
    [InlineData("$..a")]
    [InlineData("$.a[1:]")]
    [InlineData("$.a[0,1]")]
    [InlineData("$['a','b']")]
    [InlineData("$.a[?(@.b)]")]
    [InlineData("$.a[-1]")]
    [InlineData("$.a.length()")]
    [InlineData("$$.a")]
    [InlineData("$variable")]
    [InlineData("a")]
    public void TryParse_PathToMoreThanOneLocation_IsRefused(string path) =>
        Assert.False(ReferencePath.TryParse(path, out _, out _));

    private static ReferencePath Parse(string path)
    {
        Assert.True(ReferencePath.TryParse(path, out ReferencePath? reference, out string? error), error);
        return reference;
    }
}
