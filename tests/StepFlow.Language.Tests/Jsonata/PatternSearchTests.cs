using StepFlow.Language.Evaluation;
using StepFlow.Language.Jsonata;

namespace StepFlow.Language.Tests.Jsonata;

/// <summary>Regular expressions take time linear in the text, and find what plain backtracking finds.</summary>
public sealed class PatternSearchTests
{
    [Theory]
    [InlineData("/(a+)+$/")]
    [InlineData("/^(a+)+$/")]
    [InlineData("/(a|aa)+$/")]
    [InlineData("/(a*)*b/")]
    [InlineData("/a*a*a*a*a*a*b/")]
    [InlineData("/(?:a?){40}a{40}$/")]
    [InlineData("/((a+)+)+?!?$/")]
    [InlineData("/(?=(a+)+$)a/")]
    [InlineData("/^(?:.*a)*$/")]
    [InlineData("/([a-z]+)*\\d/")]
    public void Search_OfAPatternThatBacktracks_TakesStepsLinearInTheText(string pattern)
    {
        long few = Steps(pattern, 2_000);
        long many = Steps(pattern, 20_000);

        Assert.InRange(many, 1, (few * 20) + 1_000);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Search_WithNotes_FindsWhatPlainBacktrackingFinds(ulong seed)
    {
        var random = new Entropy(seed);
        int compared = 0;
        for (int i = 0; i < 3_000; i++)
        {
            string pattern = Pattern(random, 3);
            string text = string.Concat(Enumerable.Range(0, 4 + Pick(random, 40)).Select(_ => "aab!"[Pick(random, 4)]));

            // A back reference, here to a group that is always empty, switches the notes off.
            string noted = Find($"/(?:{pattern})()/", text);
            string plain = Find($"/(?:{pattern})()\\{1 + pattern.Count(c => c == '(') - Count(pattern, "(?")}/", text);
            if (plain != "D1012" && noted != "D1012")
            {
                compared++;
                Assert.True(plain == noted, $"{pattern} on {text}: {plain}, with notes {noted}");
            }
        }

        Assert.InRange(compared, 2_000, 3_000);
    }

    private static string Find(string pattern, string text)
    {
        if (!JsonataExpression.TryParse($"$match('{text}', {pattern}, 1).[index, match, groups]", out JsonataExpression? expression, out JsonataError? error))
        {
            return error.Code;
        }

        return Expressions.Describe(expression.Evaluate(null, JsonataBindings.Empty, Expressions.Environment(JsonataLimits.Aws)));
    }

    private static string Pattern(Entropy random, int depth)
    {
        string Inner() => Pattern(random, depth - 1);
        return depth == 0 ? ((string[])["a", "b", ".", "[ab]", "\\b", "$", "!", ""])[Pick(random, 8)] : Pick(random, 12) switch
        {
            0 or 1 => $"{Inner()}{Inner()}",
            2 => $"{Inner()}|{Inner()}",
            3 => $"({Inner()})",
            4 => $"(?:{Inner()})*",
            5 => $"(?:{Inner()})+",
            6 => $"({Inner()})*?",
            7 => $"(?:{Inner()})??",
            8 => $"(?:{Inner()}){{1,3}}",
            9 => $"(?={Inner()})",
            10 => $"(?!{Inner()})",
            _ => $"(?<={Inner()})",
        };
    }

    private static int Count(string text, string part) => (text.Length - text.Replace(part, string.Empty, StringComparison.Ordinal).Length) / part.Length;

    private static int Pick(Entropy random, int count) => (int)(random.NextDouble() * count);

    private static long Steps(string pattern, int length)
    {
        JsonataResult result = Expressions.Evaluate($"$contains($pad('', {length}, 'a') & '!', {pattern})", null, Expressions.Environment(JsonataLimits.Aws));

        Assert.Null(result.Error);
        return result.Steps;
    }
}
