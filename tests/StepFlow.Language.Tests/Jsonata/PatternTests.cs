namespace StepFlow.Language.Tests.Jsonata;

public sealed class PatternTests
{
    [Theory]
    [InlineData("/a|ab/", "abc", "\"a\"")]
    [InlineData("/(a*)*/", "aab", "\"aa\"")]
    [InlineData("/a{2,3}/", "aaaa", "\"aaa\"")]
    [InlineData("/a{2,3}?/", "aaaa", "\"aa\"")]
    [InlineData("/a{,2}/", "a{,2}", "\"a{,2}\"")]
    [InlineData("/.+?c/", "abcabc", "\"abc\"")]
    [InlineData("/^b$/m", "a\\nb\\nc", "\"b\"")]
    [InlineData("/^b$/", "a\\nb", "undefined")]
    [InlineData("/[^a-c]+/", "abcxyz", "\"xyz\"")]
    [InlineData("/[\\\\w-]+/", "a-b_1 c", "\"a-b_1\"")]
    [InlineData("/\\\\bcat\\\\b/", "concat cat", "\"cat\"")]
    [InlineData("/(?=.*\\\\d)[a-z\\\\d]+/", "abc abc1", "\"abc\"")]
    [InlineData("/(?<!a)b/", "abb", "\"b\"")]
    [InlineData("/(?<=\\\\$)\\\\d+/", "cost $42", "\"42\"")]
    [InlineData("/(\\\\w)\\\\1/", "hello", "\"ll\"")]
    [InlineData("/(?<x>l)\\\\k<x>/", "hello", "\"ll\"")]
    [InlineData("/HELLO/i", "say hello", "\"hello\"")]
    [InlineData("/[^H]ELLO/i", "hello jello", "\"jello\"")]
    [InlineData("/\\\\u0041\\\\x42/", "AB", "\"AB\"")]
    [InlineData("/a.c/", "a\\nc", "undefined")]
    [InlineData("/[/]/", "a/b", "\"/\"")]
    [InlineData("/]{/", "x]{", "\"]{\"")]
    public void Match_EachPattern_FindsWhatJavaScriptFinds(string pattern, string text, string expected)
    {
        // Backslashes are doubled in the rows for the eye only.
        string expression = $"{pattern.Replace("\\\\", "\\", StringComparison.Ordinal)}('{text}').match";

        Assert.Equal(expected, Expressions.Result(expression));
    }

    [Theory]
    [InlineData("$match('abc', /b/)", """{"match":"b","index":1,"groups":[]}""")]
    [InlineData("/b/('abc').next", "function")]
    [InlineData("/b/('xyz')", "undefined")]
    [InlineData("$match('aXbX', /([a-z])|(X)/, 2).groups", """["a",null,null,"X"]""")]
    [InlineData("$replace('abc', /.*?/, 'x')", "D1004")]
    [InlineData("$replace('265USD', /([0-9]+)USD/, '$$$1')", "\"$265\"")]
    [InlineData("$replace('ab', /(a)(b)/, '$2$1$0$3')", "\"baab\"")]
    [InlineData("$replace('abc', /b/, function($m){ $uppercase($m.match) })", "\"aBc\"")]
    [InlineData("$split('a1b22c', /\\d+/)", """["a","b","c"]""")]
    public void Matcher_EachUse_FollowsTheProtocol(string expression, string expected) => Assert.Equal(expected, Expressions.Result(expression));
}
