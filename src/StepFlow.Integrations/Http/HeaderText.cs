using System.Text;

namespace StepFlow.Integrations.Http;

/// <summary>The valid texts of HTTP headers (RFC 9110, section 5).</summary>
internal static class HeaderText
{
    private const string TokenSymbols = "!#$%&'*+-.^_`|~";

    /// <summary>Whether a text is a valid name of a header: a token.</summary>
    public static bool IsName(string name) => name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || TokenSymbols.Contains(c, StringComparison.Ordinal));

    /// <summary>Whether a text is a header's value: printable ASCII, blanks and tabs. A line break would begin another header, or another request.</summary>
    public static bool IsValue(string value) => value.All(static c => c is '\t' or (>= ' ' and <= '~'));

    /// <summary>Encodes a text as a header's value. Characters that are not valid there, and the percent sign, are percent-encoded in UTF-8.</summary>
    public static string Encode(string text)
    {
        if (IsValue(text) && !text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var encoded = new StringBuilder(text.Length * 2);
        foreach (byte part in Encoding.UTF8.GetBytes(text))
        {
            if (part is >= (byte)' ' and <= (byte)'~' and not (byte)'%')
            {
                encoded.Append((char)part);
            }
            else
            {
                encoded.Append('%').Append(part.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }
}
