using StepFlow.Language.Json;

namespace StepFlow.Language.Tests.Json;

public sealed class JsonSyntaxProblemTests
{
    private const string Values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

    /// <summary>Texts, the error, and the column after the character that shows it.</summary>
    [Theory]
    [InlineData("not a definition", "Unrecognized token 'not': was expecting " + Values, 4)]
    [InlineData("tru", "Unrecognized token 'tru': was expecting " + Values, 4)]
    [InlineData("[truex]", "Unrecognized token 'truex': was expecting " + Values, 7)]
    [InlineData("{'a':1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 3)]
    [InlineData("{a:1}", "Unexpected character ('a' (code 97)): was expecting double-quote to start field name", 3)]
    [InlineData("{\"a\":1,}", "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", 9)]
    [InlineData("{\"a\" 1}", "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value", 7)]
    [InlineData("{\"a\":1 \"b\"}", "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries", 9)]
    [InlineData("[1 2]", "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 5)]
    [InlineData("[1,]", "Unexpected character (']' (code 93)): expected a valid value " + Values, 5)]
    [InlineData("{\"a\":}", "Unexpected character ('}' (code 125)): expected a value", 7)]
    [InlineData("'a'", "Unexpected character (''' (code 39)): expected a valid value " + Values, 2)]
    [InlineData("→", "Unexpected character ('→' (code 8594 / 0x2192)): expected a valid value " + Values, 2)]
    [InlineData("NaN", "Non-standard token 'NaN': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow", 4)]
    [InlineData("01", "Invalid numeric value: Leading zeroes not allowed", 2)]
    [InlineData("-", "Unexpected end-of-input in a Number value", 2)]
    [InlineData("[1.]", "Unexpected character (']' (code 93)) in numeric value: Decimal point not followed by a digit", 5)]
    [InlineData("[1e]", "Unexpected character (']' (code 93)) in numeric value: Exponent indicator not followed by a digit", 5)]
    [InlineData("1x", "Unexpected character ('x' (code 120)): Expected space separating root-level values", 3)]
    [InlineData("\"abc", "Unexpected end-of-input: was expecting closing quote for a string value", 5)]
    [InlineData("{\"abc", "Unexpected end-of-input in field name", 6)]
    [InlineData("{\"a\"", "Unexpected end-of-input within/between Object entries", 5)]
    [InlineData("[1,", "Unexpected end-of-input within/between Array entries", 4)]
    [InlineData("\"\\x\"", "Unrecognized character escape 'x' (code 120)", 4)]
    [InlineData("\"\\u00g0\"", "Unexpected character ('g' (code 103)): expected a hex-digit for character escape sequence", 7)]
    [InlineData("{}x", "Unrecognized token 'x': was expecting " + Values, 4)]
    public void Find_DamagedText_GivesReasonAndPosition(string text, string reason, int column) =>
        Assert.Equal(new JsonSyntaxProblem(reason, $"[Source: (String)\"{text}\"; line: 1, column: {column}]"), JsonSyntaxProblem.Find(text));

    [Fact]
    public void Find_OpenObjectOnTheSecondLine_NamesWhereItStarts() => Assert.Equal(
        "Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)\"[1,\n {\"; line: 2, column: 2])",
        JsonSyntaxProblem.Find("[1,\n {")?.Reason);

    [Fact]
    public void Find_WrongCloseMarker_NamesWhatItWouldClose() => Assert.Equal(
        "Unexpected close marker '}': expected ']' (for Array starting at [Source: (String)\"[1}\"; line: 1, column: 1])",
        JsonSyntaxProblem.Find("[1}")?.Reason);

    [Fact]
    public void Find_LongText_QuotesItsStart()
    {
        string text = "[" + new string('1', 700);
        Assert.EndsWith($"\"{text[..500]}[truncated 201 chars]\"; line: 1, column: 702]", JsonSyntaxProblem.Find(text)?.Source, StringComparison.Ordinal);
    }

    /// <summary>Texts with one character taken out, doubled or put in: there is an error exactly where the parser refuses.</summary>
    [Fact]
    public void Find_ChangedTexts_AgreesWithTheParser()
    {
        const string Text = """{"a": [1, -2.5e+3, "x\u00e9\n", true, false, null, {}], "b": {"c": []}, "d": "é"}""";
        const string Inserted = "{}[],:\"\\0-.e tn'\n\u0001";
        for (int at = 0; at <= Text.Length; at++)
        {
            Agree(Text.Remove(at));
            Agree(at < Text.Length ? Text.Remove(at, 1) : Text);
            foreach (char c in Inserted)
            {
                Agree(Text.Insert(at, c.ToString()));
            }
        }
    }

    private static void Agree(string text) => Assert.True(JsonValue.ParseOrNull(text) is null == JsonSyntaxProblem.Find(text) is not null, text);
}
