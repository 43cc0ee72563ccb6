using System.Text;
using StepFlow.Language.Json;

namespace StepFlow.Service.Payloads;

/// <summary>Says why a text is not JSON, worded as the service's JSON parser does.</summary>
internal static class JsonProblem
{
    private const string ExpectedValue = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

    /// <summary>The reason, without the place.</summary>
    public static string Explain(string text, JsonFormatException exception)
    {
        int at = Offset(text, exception.Line, exception.Column);
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        if (at >= text.Length)
        {
            return "Unexpected end-of-input";
        }

        char found = text[at];
        if (ExpectsName(text.AsSpan(0, at)))
        {
            return $"Unexpected character ('{found}' (code {(int)found})): was expecting double-quote to start field name";
        }

        // A parser may stop inside a word; the message names all of it.
        int start = at;
        while (start > 0 && IsWord(text[start - 1]))
        {
            start--;
        }

        int end = at;
        while (end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        return end > start && char.IsLetter(text[start])
            ? $"Unrecognized token '{text[start..end]}': {ExpectedValue}"
            : $"Unexpected character ('{found}' (code {(int)found})): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    /// <summary>Whether a member's name has to come next: after the brace of an object, or a comma in one.</summary>
    private static bool ExpectsName(ReadOnlySpan<char> before)
    {
        var open = new Stack<char>();
        bool inText = false;
        char last = '\0';
        for (int i = 0; i < before.Length; i++)
        {
            char c = before[i];
            if (inText)
            {
                inText = c != '"';
                i += c == '\\' ? 1 : 0;
                continue;
            }

            switch (c)
            {
                case '"':
                    inText = true;
                    break;
                case '{' or '[':
                    open.Push(c);
                    break;
                case '}' or ']':
                    open.TryPop(out _);
                    break;
            }

            last = char.IsWhiteSpace(c) ? last : c;
        }

        return last == '{' || (last == ',' && open.TryPeek(out char inner) && inner == '{');
    }

    private static int Offset(string text, long line, long column)
    {
        int start = 0;
        for (long i = 1; i < line; i++)
        {
            start = text.IndexOf('\n', start) + 1;
        }

        // The column counts bytes of UTF-8.
        int at = start;
        for (long bytes = 1; bytes < column && at < text.Length; at++)
        {
            bytes += Rune.TryGetRuneAt(text, at, out Rune rune) ? rune.Utf8SequenceLength : 0;
        }

        return at;
    }
}
