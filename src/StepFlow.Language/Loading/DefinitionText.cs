using StepFlow.Language.Diagnostics;
using StepFlow.Language.Json;

namespace StepFlow.Language.Loading;

/// <summary>Reads the text of a definition; words syntax errors as the service's JSON parser does.</summary>
internal static class DefinitionText
{
    /// <summary>How much of the text the service quotes in a syntax error, in UTF-16 units.</summary>
    private const int QuotedLength = 500;

    public static JsonValue? Parse(string text, DiagnosticBag diagnostics)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            diagnostics.Error(DiagnosticCodes.SchemaValidationFailed, DiagnosticMessages.NotAnObject, null);
            return null;
        }

        try
        {
            JsonValue definition = JsonValue.Parse(text);
            RepeatedMembers.Check(text, diagnostics);
            return definition;
        }
        catch (JsonFormatException e)
        {
            (string reason, long line, long column) = UnrecognisedToken(text) ?? (e.Reason, e.Line, e.Column);
            string quoted = text.Length <= QuotedLength ? text : $"{text[..QuotedLength]}[truncated {text.Length - QuotedLength} chars]";
            string location = $"[Source: (String)\"{quoted}\"; line: {line}, column: {column}]";
            diagnostics.Error(DiagnosticCodes.InvalidJsonDescription, $"{reason}\n at {location}", location);
            return null;
        }
    }

    /// <summary>A text that starts with a bare word: the service names the word, and the place after it.</summary>
    private static (string Reason, long Line, long Column)? UnrecognisedToken(string text)
    {
        int start = 0;
        int line = 1;
        int lineStart = 0;
        for (; start < text.Length && text[start] is ' ' or '\t' or '\r' or '\n'; start++)
        {
            if (text[start] == '\n')
            {
                line++;
                lineStart = start + 1;
            }
        }

        int end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '$'))
        {
            end++;
        }

        string token = text[start..end];
        if (token.Length == 0 || !char.IsLetter(token[0]) || token is "null" or "true" or "false")
        {
            return null;
        }

        return ($"Unrecognized token '{token}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", line, end - lineStart + 1);
    }
}
