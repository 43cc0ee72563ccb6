namespace StepFlow.Language.Json;

/// <summary>
/// Why a text is not JSON, in the words of Step Functions. It reads JSON with Jackson, and users search for its messages.
/// </summary>
/// <param name="Reason">The problem, without its position.</param>
/// <param name="Source">The position, as Step Functions quotes it: the text and the position after the last character that was read.</param>
public sealed record JsonSyntaxProblem(string Reason, string Source)
{
    /// <summary>How much of the text the service quotes, in UTF-16 units.</summary>
    private const int QuotedLength = 500;

    /// <summary>Finds the first syntax error of a text.</summary>
    /// <returns>The error; null where the syntax has none (a text can still be refused for its depth or a number's size).</returns>
    public static JsonSyntaxProblem? Find(string text)
    {
        var scanner = new JsonSyntaxScanner(text);
        return scanner.Scan() is { } reason ? new(reason, Quote(text, scanner.Position)) : null;
    }

    /// <summary>A position in a text, as Step Functions quotes it.</summary>
    /// <param name="position">The position in UTF-16 units from the start.</param>
    internal static string Quote(string text, int position)
    {
        int lineStart = position == 0 ? 0 : text.LastIndexOf('\n', position - 1) + 1;
        int line = 1 + text.AsSpan(0, lineStart).Count('\n');
        return Quote(text, line, position - lineStart + 1);
    }

    /// <summary>A position in a text, as Step Functions quotes it.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">The column, from 1.</param>
    internal static string Quote(string text, long line, long column)
    {
        string quoted = text.Length <= QuotedLength ? text : $"{text[..QuotedLength]}[truncated {text.Length - QuotedLength} chars]";
        return $"[Source: (String)\"{quoted}\"; line: {line}, column: {column}]";
    }
}
