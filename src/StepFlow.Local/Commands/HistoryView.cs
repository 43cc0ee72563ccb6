using System.Globalization;
using Spectre.Console;
using StepFlow.Language.Json;

namespace StepFlow.Local.Commands;

/// <summary>History events as a table: one line each, with what tells them apart.</summary>
internal static class HistoryView
{
    private const int LongestDetail = 100;

    private static readonly string[] Shown = ["name", "resource", "index", "error", "cause"];

    public static void Write(TextWriter output, IReadOnlyList<JsonObject> events)
    {
        var table = new Table();
        foreach (string column in (ReadOnlySpan<string>)["ID", "PREVIOUS", "TIME", "TYPE", "DETAIL"])
        {
            table.AddColumn(new TableColumn(column).NoWrap());
        }

        foreach (JsonObject entry in events)
        {
            table.AddRow(
                Markup.Escape(entry["id"]?.ToString() ?? string.Empty),
                Markup.Escape(entry["previousEventId"]?.ToString() ?? string.Empty),
                Markup.Escape(Time(entry["timestamp"])),
                Markup.Escape((entry["type"] as JsonString)?.Value ?? string.Empty),
                Markup.Escape(Detail(entry)));
        }

        CommandOutput.WriteTable(output, table);
    }

    private static string Time(JsonValue? time) => time switch
    {
        JsonString text => text.Value,
        JsonNumber seconds => DateTimeOffset.UnixEpoch.AddSeconds(seconds.ToDouble()).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        _ => string.Empty,
    };

    private static string Detail(JsonObject entry)
    {
        KeyValuePair<string, JsonValue> member = entry.FirstOrDefault(candidate => candidate.Key.EndsWith("EventDetails", StringComparison.Ordinal));
        if (member.Value is not JsonObject details)
        {
            return string.Empty;
        }

        string text = string.Join(' ', Shown
            .Select(name => details[name] switch { JsonString shown => shown.Value, JsonNumber number => number.Text, _ => null })
            .OfType<string>());
        return text.Length <= LongestDetail ? text : text[..LongestDetail] + "…";
    }
}
