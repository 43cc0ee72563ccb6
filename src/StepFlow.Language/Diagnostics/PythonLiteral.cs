using System.Globalization;
using System.Text;

namespace StepFlow.Language.Diagnostics;

/// <summary>Writes texts as string literals of Python. The recorded message about a malformed label contains such literals.</summary>
internal static class PythonLiteral
{
    public static string Quote(string text)
    {
        // Python uses single quotes, and double quotes only if the text contains single quotes and no double ones.
        char quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var builder = new StringBuilder().Append(quote);
        foreach (char c in text)
        {
            builder = c switch
            {
                '\\' => builder.Append("\\\\"),
                '\n' => builder.Append("\\n"),
                '\r' => builder.Append("\\r"),
                '\t' => builder.Append("\\t"),
                _ when c == quote => builder.Append('\\').Append(c),
                _ when c < ' ' || c is >= '\x7F' and <= '\xA0' or '\xAD' => builder.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => builder.Append(c),
            };
        }

        return builder.Append(quote).ToString();
    }
}
