using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Comparison;

/// <summary>What a case's recording shows in place of values: the literal ones with their values, and the texts that replaced whatever was there.</summary>
internal sealed class Placeholders
{
    private readonly Dictionary<string, List<string>> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TextPattern> _patterns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _anything = new(StringComparer.Ordinal);
    private readonly string[] _longestFirst;

    public Placeholders(AslCase aslCase)
    {
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

        _longestFirst = [.. _known.Keys.OrderByDescending(key => key.Length)];
    }

    /// <summary>Whether the test sorted the events between a Parallel's start and its end, and took their ids away.</summary>
    public bool HasUnorderedBranches { get; }

    /// <summary>Whether the test put this text in the place of whatever was there.</summary>
    public bool IsAnything(string recorded) => _anything.Contains(recorded);

    public string? KnownAt(string recorded, int at) =>
        Array.Find(_longestFirst, known => string.CompareOrdinal(recorded, at, known, 0, known.Length) == 0);

    public IReadOnlyList<string> ValuesOf(string known) => _known[known];

    public TextPattern Pattern(string recorded)
    {
        if (!_patterns.TryGetValue(recorded, out TextPattern? pattern))
        {
            _patterns.Add(recorded, pattern = TextPattern.For(recorded, this));
        }

        return pattern;
    }

    private static string Text(JsonObject source, string name) => (source[name] as JsonString)?.Value ?? string.Empty;

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
