using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using StepFlow.Execution;

namespace StepFlow.Infra.Tests;

/// <summary>The alerts' and the workbook's queries read what the app writes: its lines of the log, its metrics, and columns that the tables have.</summary>
public sealed partial class KqlTests
{
    /// <summary>Lines of the Functions host.</summary>
    private static readonly string[] HostLines = ["Message has reached MaxDequeueCount"];

    private static readonly string[] Templates =
        [.. Template().Matches(Source("StepFlow.Functions", "FunctionsLogs.cs")).Select(match => match.Groups[1].Value)];

    public static async Task<IEnumerable<TheoryDataRow<string, string>>> Queries()
    {
        JsonNode alerts = JsonNode.Parse((await BicepCompiler.CompileAsync(Path.Combine(BicepFile.Root, "infra", "modules", "alerts.bicep"))).Template)!["variables"]!["rules"]!;
        return
        [
            .. ((JsonArray)alerts).Select(rule => new TheoryDataRow<string, string>("alert " + (string)rule!["name"]!, (string)rule["query"]!)),
            .. Found(JsonNode.Parse(File.ReadAllText(Path.Combine(BicepFile.Root, "infra", "workbook.json")))!)
                .Select((query, at) => new TheoryDataRow<string, string>($"view {at.ToString(CultureInfo.InvariantCulture)}", query)),
        ];
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_OfAnAlertOrAView_UsesColumnsThatAreThere(string name, string query) => Assert.True(KqlQuery.Columns(query).Count > 0, name);

    /// <summary>What this check is to find.</summary>
    [Theory]
    [InlineData("AppTraces | where Mesage startswith \"a\"")]
    [InlineData("AppTraces | summarize Failures = count() by StateMachine")]
    [InlineData("AppTraces | project Message | where OperationId != \"\"")]
    [InlineData("AppTraces | parse Message with * \"a=\" A \" b=\" B | where C == 1")]
    [InlineData("AppRequests | join kind=inner (AppTraces | project Message) on OperationId")]
    public void Query_WithAColumnThatIsNotThere_IsFound(string query) => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => KqlQuery.Columns(query));

    /// <summary>An alert that measures a column that its query does not return never fires.</summary>
    [Fact]
    public async Task Alert_Measuring_HasThatColumn()
    {
        JsonNode alerts = JsonNode.Parse((await BicepCompiler.CompileAsync(Path.Combine(BicepFile.Root, "infra", "modules", "alerts.bicep"))).Template)!["variables"]!["rules"]!;

        Assert.All((JsonArray)alerts, rule => Assert.Contains((string)rule!["measure"]!, KqlQuery.Columns((string)rule["query"]!)));
    }

    /// <summary>What a query takes out of a line is the value that the app put there, and no more.</summary>
    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_OfLines_ReadsThemAsTheAppWritesThem(string name, string query)
    {
        foreach (Match match in Prefix().Matches(query))
        {
            string prefix = match.Groups[1].Value;
            if (HostLines.Contains(prefix))
            {
                continue;
            }

            string template = Assert.Single(Templates, template => template.StartsWith(prefix + " ", StringComparison.Ordinal));
            string line = PlaceHolder().Replace(template, static placeholder => Sample(placeholder.Groups[1].Value));
            string[] values = [.. PlaceHolder().Matches(template).Select(static placeholder => Sample(placeholder.Groups[1].Value))];
            foreach (Match parse in Parse().Matches(query))
            {
                Assert.All(Read(line, parse.Groups[1].Value), column => Assert.True(values.Contains(column.Value), $"{name}: {column.Key} is '{column.Value}' of '{line}'."));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_OfMetrics_NamesThoseOfTheApp(string name, string query)
    {
        // The metrics of ends are named by the status.
        string ends = string.Join(' ', Enum.GetNames<ExecutionStatus>().Select(static status => $"\"Executions{status}\""));
        string source = Source("StepFlow.Runtime", "Telemetry", "ExecutionMetrics.cs").Replace("$\"Executions{status}\"", ends, StringComparison.Ordinal)
            + Source("StepFlow.Runtime", "Telemetry", "TaskNames.cs");
        string[] metrics = [.. Metrics().Matches(query).SelectMany(match => KqlQuery.Split(match.Groups[1].Value, ',')).Select(metric => metric.Trim('"'))];
        string[] dimensions = [.. Dimension().Matches(query).Select(match => match.Groups[1].Value)];

        Assert.True(!query.StartsWith("AppMetrics", StringComparison.Ordinal) || (metrics.Length > 0 && dimensions.Length > 0), name);
        Assert.All(metrics, metric => Assert.True(
            source.Contains($"\"{metric}\"", StringComparison.Ordinal) || (metric.EndsWith("Time", StringComparison.Ordinal) && source.Contains($"\"{metric[..^"Time".Length]}\"", StringComparison.Ordinal)),
            $"{name}: {metric}"));
        Assert.All(dimensions, dimension => Assert.Contains($"\"{dimension}\"", source, StringComparison.Ordinal));
    }

    private static string Sample(string placeholder) =>
        placeholder.EndsWith("Ms", StringComparison.Ordinal) || placeholder.EndsWith("Seconds", StringComparison.Ordinal) ? placeholder.Length.ToString(CultureInfo.InvariantCulture) : $"<{placeholder}>";

    /// <summary>What <c>parse</c> makes of a line: each column is the text between the literals around it.</summary>
    private static Dictionary<string, string> Read(string line, string pattern)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        string? open = null;
        int at = 0;
        foreach (Match token in Token().Matches(pattern))
        {
            if (token.Value[0] != '"')
            {
                open = token.Value;
                continue;
            }

            string literal = token.Value.Trim('"');
            int found = line.IndexOf(literal, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{literal}' is not in '{line}'.");
            Close(line[at..found]);
            at = found + literal.Length;
        }

        Close(line[at..]);
        return columns;

        void Close(string text)
        {
            if (open is not null and not "*")
            {
                columns.Add(open.Split(':')[0], text);
            }

            open = null;
        }
    }

    private static IEnumerable<string> Found(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "query", Value: JsonValue query } ? [(string)query!] : member.Value is { } value ? Found(value) : []),
        JsonArray items => items.SelectMany(item => Found(item!)),
        _ => [],
    };

    private static string Source(params string[] path) => File.ReadAllText(Path.Combine([BicepFile.Root, "src", .. path]));

    [GeneratedRegex("""LoggerMessage\(\d+, LogLevel\.\w+, "([^"]+)"\)""")]
    private static partial Regex Template();

    [GeneratedRegex("""Message startswith "([^"]+)["]""")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PlaceHolder();

    [GeneratedRegex(@"parse Message with ([^|]+)")]
    private static partial Regex Parse();

    [GeneratedRegex("""["][^"]*["]|\*|[A-Za-z][\w:]*""")]
    private static partial Regex Token();

    [GeneratedRegex(@"Name in \(([^)]+)\)")]
    private static partial Regex Metrics();

    [GeneratedRegex(@"Properties\.(\w+)")]
    private static partial Regex Dimension();
}
