using System.Text;
using System.Text.RegularExpressions;
using StepFlow.Language.Definition;

namespace StepFlow.Service.DefinitionFiles;

/// <summary>
/// A text in which each <c>${Name}</c> was replaced, as with CloudFormation's DefinitionSubstitutions: before it is parsed, at any
/// position. Names without a value are not replaced.
/// </summary>
public sealed partial class SubstitutedText
{
    private readonly List<(int Line, int Column, int Written, int Replaced)> _edits = [];

    private SubstitutedText(string text) => Text = text;

    /// <summary>The text after the replacement.</summary>
    public string Text { get; private set; }

    /// <summary>Replaces.</summary>
    /// <param name="values">The values by name.</param>
    public static SubstitutedText Create(string text, IReadOnlyDictionary<string, string> values)
    {
        var result = new SubstitutedText(text);
        if (values.Count == 0)
        {
            return result;
        }

        var replaced = new StringBuilder(text.Length);
        int at = 0;
        int line = 1;
        int lineStart = 0;
        foreach (Match match in Reference().Matches(text))
        {
            if (!values.TryGetValue(match.Groups["name"].Value, out string? value))
            {
                continue;
            }

            replaced.Append(text, at, match.Index - at);
            (line, lineStart) = Advance(text, at, match.Index, line, lineStart);
            at = match.Index + match.Length;

            // A line break in a value would change the positions of everything after it.
            string oneLine = value.ReplaceLineEndings(" ");
            replaced.Append(oneLine);
            result._edits.Add((line, match.Index - lineStart + 1, match.Length, oneLine.Length));
        }

        result.Text = replaced.Append(text, at, text.Length - at).ToString();
        return result;
    }

    /// <summary>The names without a value, each once, with the position of its first use in the original text.</summary>
    public IEnumerable<(string Name, SourcePosition Position)> Missing() => Reference().Matches(Text)
        .DistinctBy(static match => match.Groups["name"].Value)
        .Select(match =>
        {
            (int line, int lineStart) = Advance(Text, 0, match.Index, 1, 0);
            return (match.Groups["name"].Value, Original(new(line, match.Index - lineStart + 1)));
        });

    /// <summary>The position in the original text of a position in the replaced text.</summary>
    public SourcePosition Original(SourcePosition position)
    {
        int column = position.Column;
        foreach ((int line, int start, int written, int put) in _edits)
        {
            if (line != position.Line || column <= start)
            {
                continue;
            }

            // A position inside an inserted value is that of its reference.
            column = column < start + put ? start : column - put + written;
        }

        return new(position.Line, column);
    }

    private static (int Line, int LineStart) Advance(string text, int from, int to, int line, int lineStart)
    {
        for (int i = from; i < to; i++)
        {
            if (text[i] == '\n')
            {
                line++;
                lineStart = i + 1;
            }
        }

        return (line, lineStart);
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z0-9_]+)\}")]
    private static partial Regex Reference();
}
