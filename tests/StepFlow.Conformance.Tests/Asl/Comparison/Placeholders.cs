using System.Text.RegularExpressions;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Comparison;

/// <summary>What a case's recording shows in place of values: the literal ones with their values, and the texts that replaced any value at a path.</summary>
internal sealed class Placeholders
{
    private readonly Dictionary<string, List<string>> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _expressions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TextPattern> _patterns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _anything = new(StringComparer.Ordinal);
    private readonly string[] _longestFirst;
    private readonly Lazy<string> _own;

    public Placeholders(AslCase aslCase)
    {
        _own = new(() => aslCase.Source.Without("expected").ToString());
        Add("<region>", "us-east-1");
        Add("arn:<partition>:", "arn:aws:");
        foreach (JsonObject placeholder in aslCase.Placeholders)
        {
            Add(Text(placeholder, "placeholder"), Text(placeholder, "value"));
        }

        foreach (JsonObject step in aslCase.Normalisations)
        {
            switch (Text(step, "type"))
            {
                case "literal":
                    Add(Text(step, "replacement"), Text(step, "value"));
                    break;
                case "regex":
                    AddExpression(Text(step, "replacement"), Text(step, "regex"));
                    break;
                case "from-response":
                    _anything.Add(Text(step, "replacement"));
                    break;
                case "jsonpath" or "keyvalue" when step["reference"] != JsonValue.True:
                    _anything.Add(Text(step, "replacement"));
                    break;
                case "custom":
                    HasUnorderedBranches |= Text(step, "name") == "SfnNoneRecursiveParallelTransformer";
                    break;
            }
        }

        _longestFirst = [.. _known.Keys.Concat(_expressions.Keys).Distinct().OrderByDescending(key => key.Length)];
    }

    /// <summary>Whether the test sorted the events between a Parallel's start and its end, and took their ids away.</summary>
    public bool HasUnorderedBranches { get; }

    /// <summary>Whether the test put this text instead of any value.</summary>
    public bool IsAnything(string recorded) => _anything.Contains(recorded);

    /// <summary>Whether a name's random end is of another run than the case: nothing that the case sends has it.</summary>
    public bool IsOfAnotherRun(string suffix) => !_own.Value.Contains(suffix, StringComparison.Ordinal);

    public string? KnownAt(string recorded, int at) =>
        Array.Find(_longestFirst, known => string.CompareOrdinal(recorded, at, known, 0, known.Length) == 0);

    /// <summary>The possible values of a placeholder, as regular expressions.</summary>
    public IEnumerable<string> ExpressionsOf(string known) => _known.GetValueOrDefault(known, [])
        .Append(known)
        .Distinct()
        .OrderByDescending(value => value.Length)
        .Select(Regex.Escape)
        .Concat(_expressions.GetValueOrDefault(known, []));

    public TextPattern Pattern(string recorded)
    {
        if (!_patterns.TryGetValue(recorded, out TextPattern? pattern))
        {
            _patterns.Add(recorded, pattern = TextPattern.For(recorded, this));
        }

        return pattern;
    }

    private static string Text(JsonObject source, string name) => (source[name] as JsonString)?.Value ?? string.Empty;

    /// <summary>A replacement of all texts that matched an expression; one that Python and .NET read differently is left out.</summary>
    private void AddExpression(string placeholder, string expression)
    {
        if (placeholder.Length == 0 || expression.Contains("(?P", StringComparison.Ordinal) || expression.Contains('(', StringComparison.Ordinal))
        {
            return;
        }

        if (!_expressions.TryGetValue(placeholder, out List<string>? expressions))
        {
            _expressions.Add(placeholder, expressions = []);
        }

        expressions.Add(expression);
    }

    private void Add(string placeholder, string value)
    {
        if (placeholder.Length == 0)
        {
            return;
        }

        if (!_known.TryGetValue(placeholder, out List<string>? values))
        {
            _known.Add(placeholder, values = []);
        }

        values.Add(value);
    }
}
