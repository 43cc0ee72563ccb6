using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StepFlow.Language.Json;

namespace StepFlow.Language.Tests.Json;

public sealed class JsonPropertyTests
{
    private static readonly Arbitrary<JsonValue> Values = JsonGen.Values.ToArbitrary();

    [Fact]
    public void Parse_WrittenValue_GivesItBack() => Prop.ForAll(Values, value =>
    {
        string text = value.ToString();
        JsonValue again = JsonValue.Parse(text);
        Assert.Equal(text, again.ToString());

        // A lone surrogate is written as U+FFFD and is lost.
        Assert.True(again == value || text.Contains('\uFFFD', StringComparison.Ordinal));
        Assert.Equal(again, JsonValue.Parse(value.ToIndentedString()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Utf8Length_AnyValue_IsTheWrittenLength() =>
        Prop.ForAll(Values, value => Assert.Equal(value.ToUtf8().Length, value.Utf8Length)).QuickCheckThrowOnFailure();

    [Fact]
    public void Depth_AnyValue_IsThatOfItsText() => Prop.ForAll(Values, value =>
    {
        int depth = 0;
        int deepest = 0;
        bool inString = false;
        string text = value.ToString();
        for (int i = 0; i < text.Length; i++)
        {
            inString ^= text[i] == '"';
            i += inString && text[i] == '\\' ? 1 : 0;
            depth += inString ? 0 : text[i] is '[' or '{' ? 1 : text[i] is ']' or '}' ? -1 : 0;
            deepest = Math.Max(deepest, depth);
        }

        Assert.Equal(deepest, value.Depth);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void With_AnyMember_IsFoundAgainAndNothingElseChanges() => Prop.ForAll(Gen.Zip(JsonGen.Values, JsonGen.Values).ToArbitrary(), pair =>
    {
        if (pair.Item1 is not JsonObject before)
        {
            return;
        }

        foreach (string name in before.Select(member => member.Key).Append("new").ToList())
        {
            JsonObject after = before.With(name, pair.Item2);
            Assert.Equal(pair.Item2, after[name]);
            Assert.Equal(before.Count + (before.ContainsKey(name) ? 0 : 1), after.Count);
            Assert.Equal(before.Without(name), after.Without(name));
            Assert.False(after.Without(name).ContainsKey(name));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parse_AnyText_GivesAValueOrReportsWhere() => Prop.ForAll<string>(text =>
    {
        try
        {
            JsonValue.Parse(Encoding.UTF8.GetBytes(text ?? string.Empty));
        }
        catch (JsonFormatException e)
        {
            Assert.True(e.Line > 0 && e.Column > 0);
        }
    }).QuickCheckThrowOnFailure();
}
