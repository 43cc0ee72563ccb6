using System.Text;
using StepFlow.Language.Json;

namespace StepFlow.Language.Tests.Json;

public sealed class JsonValueTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1024")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("9223372036854775808")]
    [InlineData("0.1")]
    [InlineData("1.0")]
    [InlineData("1e5")]
    [InlineData("1E-7")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("\"\"")]
    [InlineData("\"\\\"\\\\\\n\\r\\t\\b\\f\\u0001 / ä€😀\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[1,[2,[]],{}]")]
    [InlineData("""{"b":1,"a":{"":[null]}}""")]
    public void ToString_ParsedText_GivesItBack(string text)
    {
        JsonValue value = JsonValue.Parse(text);
        Assert.Equal(text, value.ToString());
        Assert.Equal(text, Encoding.UTF8.GetString(value.ToUtf8()));
        Assert.Equal(Encoding.UTF8.GetByteCount(text), value.Utf8Length);
        Assert.Equal(value, JsonValue.Parse(value.ToIndentedString()));
    }

    [Theory]
    [InlineData("-0", "0")]
    [InlineData(" [ 1 ,\n2 ] ", "[1,2]")]
    [InlineData("\"\\u00e4\\/\"", "\"ä/\"")]
    public void ToString_OtherSpelling_GivesTheCompactOne(string text, string expected) => Assert.Equal(expected, JsonValue.Parse(text).ToString());

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1.0, "1")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(-1e21, "-1e+21")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(-1.25e-7, "-1.25e-7")]
    [InlineData(123456789012345680000d, "123456789012345680000")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(double.Epsilon, "5e-324")]
    [InlineData(9007199254740993d, "9007199254740992")]
    public void Text_Double_IsJavaScripts(double value, string expected)
    {
        JsonNumber number = JsonNumber.Create(value);
        Assert.Equal(expected, number.Text);
        Assert.Equal(expected.Length, number.Utf8Length);
        Assert.Equal(expected, number.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(-10)]
    [InlineData(1000000)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Utf8Length_Integer_IsItsTextsLength(long value) => Assert.Equal(JsonNumber.Create(value).Text.Length, JsonNumber.Create(value).Utf8Length);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1.0", 1)]
    [InlineData("1e3", 1000)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void TryGetInt64_WholeNumber_GivesIt(string text, long expected)
    {
        Assert.True(((JsonNumber)JsonValue.Parse(text)).TryGetInt64(out long value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("9223372036854775808")]
    [InlineData("1e300")]
    public void TryGetInt64_OtherNumber_GivesNone(string text) => Assert.False(((JsonNumber)JsonValue.Parse(text)).TryGetInt64(out _));

    [Theory]
    [InlineData("1", "1.0", true)]
    [InlineData("100", "1e2", true)]
    [InlineData("9007199254740993", "9007199254740992", false)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("""{"a":1,"b":[2]}""", """{"b":[2.0],"a":1}""", true)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"a":1,"c":2}""", """{"a":1,"b":2}""", false)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("null", "false", false)]
    public void Equals_Values_ComparesByMeaning(string left, string right, bool expected)
    {
        JsonValue a = JsonValue.Parse(left);
        JsonValue b = JsonValue.Parse(right);
        Assert.Equal(expected, a == b);
        Assert.Equal(expected, b.Equals(a));
        Assert.True(!expected || a.GetHashCode() == b.GetHashCode());
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("  ", 1, 3)]
    [InlineData("{", 1, 2)]
    [InlineData("{\"a\":1,}", 1, 8)]
    [InlineData("[1,\n 2,\n x]", 3, 2)]
    [InlineData("1 2", 1, 3)]
    [InlineData("'a'", 1, 1)]
    [InlineData("[\n\"\\ud800\"]", 2, 1)]
    [InlineData("[1,\n1e400]", 2, 1)]
    public void Parse_NotJson_ReportsWhere(string text, long line, long column)
    {
        JsonFormatException exception = Assert.Throws<JsonFormatException>(() => JsonValue.Parse(text));
        Assert.Equal((line, column), (exception.Line, exception.Column));
        Assert.EndsWith($"(line {line}, column {column})", exception.Message, StringComparison.Ordinal);
        Assert.Null(JsonValue.ParseOrNull(text));
    }

    [Fact]
    public void Parse_DepthOf1000_IsTheLimit()
    {
        JsonValue deep = JsonValue.Parse(new string('[', 1000) + new string(']', 1000));
        Assert.Equal(1000, deep.Depth);
        Assert.Equal(2000, deep.Utf8Length);
        Assert.Equal(deep, JsonValue.Parse(deep.ToUtf8()));
        Assert.Throws<JsonFormatException>(() => JsonValue.Parse(new string('[', 1001) + new string(']', 1001)));
    }

    [Fact]
    public void Parse_RepeatedName_TheLastValueWinsAtTheFirstPosition() =>
        Assert.Equal("""{"a":3,"b":2}""", JsonValue.Parse("""{"a":1,"b":2,"a":3}""").ToString());

    [Fact]
    public void Parse_RepeatedNameAmongMany_TheLastValueWins()
    {
        string members = string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"m{i % 99}\":{i}"));
        var value = (JsonObject)JsonValue.Parse($"{{{members}}}");
        Assert.Equal(99, value.Count);
        Assert.Equal((JsonValue)99, value["m0"]);
        Assert.Equal((JsonValue)98, value["m98"]);
        Assert.Null(value["m99"]);
    }

    [Fact]
    public void Parse_EqualNames_AreSharedAndNotMixedUp()
    {
        var value = (JsonObject)JsonValue.Parse("""{"some":{"name":1},"eman":{"name":2},"ähnlich":{"ähnlich":3},"":4}""");
        Assert.Same(((JsonObject)value["some"]!).AsSpan()[0].Key, ((JsonObject)value["eman"]!).AsSpan()[0].Key);
        Assert.Equal(["some", "eman", "ähnlich", ""], value.Select(member => member.Key));
    }

    [Fact]
    public void With_ExistingMember_ReplacesItInPlaceAndSharesTheRest()
    {
        var before = (JsonObject)JsonValue.Parse("""{"a":[1],"b":2}""");
        JsonObject after = before.With("b", 3).With("c", 4);
        Assert.Equal("""{"a":[1],"b":3,"c":4}""", after.ToString());
        Assert.Equal("""{"a":[1],"b":2}""", before.ToString());
        Assert.Same(before["a"], after["a"]);
        Assert.Same(before, before.Without("z"));
        Assert.Same(JsonObject.Empty, JsonObject.Empty.With("a", 1).Without("a"));
    }

    [Fact]
    public void ToString_OnManyThreads_KeepsTheTextsApart()
    {
        string[] texts = new string[8];
        Parallel.For(0, texts.Length, i => texts[i] = JsonArray.From(Enumerable.Range(0, 1000).Select(n => (JsonValue)(n + i))).ToString());
        for (int i = 0; i < texts.Length; i++)
        {
            Assert.Equal($"[{string.Join(',', Enumerable.Range(i, 1000))}]", texts[i]);
        }
    }
}
