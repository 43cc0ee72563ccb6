namespace StepFlow.Language.Choices;

/// <summary>The patterns of StringMatches: <c>*</c> stands for any number of characters; <c>\*</c> and <c>\\</c> for a literal asterisk and backslash.</summary>
internal static class StringPattern
{
    public static bool Matches(string text, string pattern)
    {
        // Greedy with one point to return to: after a later star nothing before it needs another try.
        int t = 0;
        int p = 0;
        int starPattern = -1;
        int starText = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                starPattern = ++p;
                starText = t;
            }
            else if (p < pattern.Length && text[t] == Literal(pattern, p, out int length))
            {
                p += length;
                t++;
            }
            else if (starPattern >= 0)
            {
                p = starPattern;
                t = ++starText;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    private static char Literal(string pattern, int at, out int length)
    {
        bool isEscape = pattern[at] == '\\' && at + 1 < pattern.Length && pattern[at + 1] is ('*' or '\\');
        length = isEscape ? 2 : 1;
        return isEscape ? pattern[at + 1] : pattern[at];
    }
}
