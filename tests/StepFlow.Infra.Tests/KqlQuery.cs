using System.Text.RegularExpressions;

namespace StepFlow.Infra.Tests;

/// <summary>
/// As much of a query in the Kusto language as the alerts and the workbook use: which columns each operator needs and leaves. A
/// column that is not there is an exception, as it is an error of the query.
/// </summary>
internal sealed partial class KqlQuery
{
    /// <summary>The columns of Log Analytics' tables that queries may use (Azure Monitor, "Azure Monitor Logs table reference").</summary>
    private static readonly Dictionary<string, string[]> Tables = new(StringComparer.Ordinal)
    {
        ["AppTraces"] = ["TimeGenerated", "Message", "OperationId", "SeverityLevel", "Properties", "ItemCount"],
        ["AppExceptions"] = ["TimeGenerated", "ExceptionType", "OuterMessage", "InnermostMessage", "OperationId", "Properties", "ItemCount"],
        ["AppRequests"] = ["TimeGenerated", "Name", "Success", "DurationMs", "OperationId", "Properties", "ItemCount"],
        ["AppMetrics"] = ["TimeGenerated", "Name", "Sum", "Min", "Max", "ItemCount", "Properties"],
    };

    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "and", "or", "not", "in", "has", "startswith", "contains", "by", "asc", "desc", "true", "false", "kind", "inner", "on", "with", "long", "timechart",
    };

    private readonly HashSet<string> _columns;

    private KqlQuery(IEnumerable<string> columns) => _columns = [.. columns];

    /// <summary>The columns of a query's result.</summary>
    public static IReadOnlySet<string> Columns(string query)
    {
        string[] operators = [.. Split(query, '|')];
        var state = new KqlQuery(operators[0].StartsWith("print ", StringComparison.Ordinal) ? Made(operators[0]["print ".Length..]) : Tables[operators[0]]);
        foreach (string step in operators.Skip(1))
        {
            state.Apply(step);
        }

        return state._columns;
    }

    /// <summary>The parts of a text between separators that stand neither in quotes nor in brackets.</summary>
    public static IEnumerable<string> Split(string text, char separator)
    {
        int depth = 0;
        int from = 0;
        bool quoted = false;
        for (int at = 0; at < text.Length; at++)
        {
            quoted ^= text[at] == '"';
            depth += quoted ? 0 : text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[at] == separator && !quoted && depth == 0)
            {
                yield return text[from..at].Trim();
                from = at + 1;
            }
        }

        yield return text[from..].Trim();
    }

    private void Apply(string step)
    {
        (string name, string rest) = step.Split([' ', '\n'], 2) is [var first, var second] ? (first, second.Trim()) : (step, string.Empty);
        switch (name)
        {
            case "where" or "order" or "top":
                Need(rest);
                break;
            case "extend":
                Need(Values(rest));
                _columns.UnionWith(Made(rest));
                break;
            case "parse":
                Need(rest[..rest.IndexOf(" with ", StringComparison.Ordinal)]);
                _columns.UnionWith(ParsedColumn().Matches(Quoted().Replace(rest[rest.IndexOf(" with ", StringComparison.Ordinal)..], "\"")[" with ".Length..]).Select(match => match.Groups[1].Value));
                break;
            case "project" or "distinct":
                Need(Values(rest));
                Keep(Made(rest));
                break;
            case "summarize":
                string[] parts = Regex.Split(rest, @"\sby\s");
                Need(Values(parts[0]) + " " + (parts.Length > 1 ? Values(parts[1]) : string.Empty));
                Keep([.. Made(parts[0]), .. parts.Length > 1 ? Made(parts[1]) : []]);
                break;
            case "join":
                string inner = rest[(rest.IndexOf('(', StringComparison.Ordinal) + 1)..rest.LastIndexOf(')')];
                string key = rest[(rest.LastIndexOf(" on ", StringComparison.Ordinal) + 4)..];
                Need(key);
                Assert.Contains(key, Columns(inner));
                break;
            case "union":
                Assert.Superset(new HashSet<string>(Columns(rest.TrimStart('(').TrimEnd(')'))), _columns);
                break;
            case "render":
                break;
            default:
                Assert.Fail($"The operator {name} is not among those that this check knows.");
                break;
        }
    }

    private void Keep(IEnumerable<string> columns)
    {
        string[] kept = [.. columns];
        _columns.Clear();
        _columns.UnionWith(kept);
    }

    private void Need(string expression)
    {
        string bare = Member().Replace(Quoted().Replace(Placeholder().Replace(expression, "\"\""), " "), string.Empty);
        Assert.Empty(Name().Matches(bare).Select(match => match.Value).Where(name => !Words.Contains(name)).Except(_columns));
    }

    /// <summary>The right sides of a list's assignments, and what it names as it is.</summary>
    private static string Values(string list) => string.Join(" , ", Split(list, ',').Select(static item => Assignment().Replace(item, string.Empty)));

    /// <summary>The columns that a list makes: <c>A = …</c>, a column as it is, or <c>bin(A, …)</c>, which keeps the name.</summary>
    private static IEnumerable<string> Made(string list) => Split(list, ',').Select(static item =>
        Assignment().Match(item) is { Success: true } named ? named.Groups[1].Value : item.StartsWith("bin(", StringComparison.Ordinal) ? item["bin(".Length..].Split(',')[0] : item);

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    /// <summary>A parameter of the workbook.</summary>
    [GeneratedRegex(@"\{[A-Za-z:]+\}")]
    private static partial Regex Placeholder();

    /// <summary>A member of a column that holds more of them, and a type.</summary>
    [GeneratedRegex(@"\.\w+|:\w+")]
    private static partial Regex Member();

    /// <summary>A name that is no function's.</summary>
    [GeneratedRegex(@"\b[A-Za-z_]\w*\b(?!\s*\()")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(\w+) = ")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"([A-Za-z]\w*)(:\w+)?")]
    private static partial Regex ParsedColumn();
}
