using System.Text;
using System.Text.RegularExpressions;

namespace StepFlow.Conformance.Tests.Asl.Comparison;

/// <summary>
/// A recorded text as a pattern: its placeholders match the values that the case lists, or, where they are of the
/// form <c>&lt;name:N&gt;</c>, for any text, the same one wherever the placeholder appears.
/// </summary>
internal sealed partial class TextPattern
{
    private const string Instant = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)";

    private readonly Regex _regex;
    private readonly List<string> _variables;

    private TextPattern(Regex regex, List<string> variables, string? whole)
    {
        _regex = regex;
        _variables = variables;
        Whole = whole;
    }

    /// <summary>The placeholder that the text consists of; null where it is more, or less, than one.</summary>
    public string? Whole { get; }

    public static TextPattern For(string recorded, Placeholders placeholders)
    {
        var pattern = new StringBuilder("^");
        var variables = new List<string>();
        string? whole = null;
        for (int at = 0; at < recorded.Length;)
        {
            if (placeholders.KnownAt(recorded, at) is { } known)
            {
                pattern.Append("(?:").AppendJoin('|', placeholders.ExpressionsOf(known)).Append(')');
                at += known.Length;
            }
            else if (Variable().Match(recorded, at) is { Success: true } variable)
            {
                whole = variable.Length == recorded.Length ? variable.Value : whole;
                if (variable.Value[^2] is >= '0' and <= '9' && variable.Value.Contains(':', StringComparison.Ordinal))
                {
                    int known2 = variables.IndexOf(variable.Value);
                    pattern.Append(known2 >= 0 ? $@"\k<v{known2}>" : $"(?<v{variables.Count}>[\\s\\S]+?)");
                    if (known2 < 0)
                    {
                        variables.Add(variable.Value);
                    }
                }
                else
                {
                    pattern.Append("[\\s\\S]*?");
                }

                at += variable.Length;
            }
            else if (RandomEnd().Match(recorded, at) is { Success: true } end && placeholders.IsOfAnotherRun(end.Value))
            {
                pattern.Append("-[0-9a-f]{8}");
                at += end.Length;
            }
            else if (string.CompareOrdinal(recorded, at, "date", 0, 4) == 0)
            {
                pattern.Append("(?:date|").Append(Instant).Append(')');
                at += 4;
            }
            else
            {
                pattern.Append(Regex.Escape(recorded[at].ToString()));
                at++;
            }
        }

        return new(new(pattern.Append("\\z").ToString(), RegexOptions.CultureInvariant), variables, whole);
    }

    public bool Matches(string actual, Bindings bindings)
    {
        Match match = _regex.Match(actual);
        if (!match.Success)
        {
            return false;
        }

        for (int i = 0; i < _variables.Count; i++)
        {
            if (!bindings.Bind(_variables[i], match.Groups[$"v{i}"].Value))
            {
                return false;
            }
        }

        return true;
    }

    // Tests end the names of what they make with eight random digits.
    [GeneratedRegex(@"\G-[0-9a-f]{8}(?![0-9A-Za-z-])", RegexOptions.CultureInvariant)]
    private static partial Regex RandomEnd();

    [GeneratedRegex(@"\G<(?:<[\w-]+>|[A-Za-z][\w.\-]*)(?::\d+)?>", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
