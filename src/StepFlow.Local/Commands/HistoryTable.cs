using StepFlow.Local.Terminals;

namespace StepFlow.Local.Commands;

/// <summary>History events as a table, with one line and the main detail of each.</summary>
internal static class HistoryTable
{
    private static readonly string[] Shown = ["name", "resource", "index", "error", "cause"];

    public static TextTable Of(IReadOnlyList<JsonObject> events)
    {
        var table = new TextTable("ID", "PREVIOUS", "TIME", "TYPE", "DETAIL");
        foreach (JsonObject entry in events)
        {
            table.Add(
                entry["id"]?.ToString() ?? string.Empty,
                entry["previousEventId"]?.ToString() ?? string.Empty,
                CommandTime.Full(entry["timestamp"]),
                entry.Text("type") ?? string.Empty,
                Detail(entry));
        }

        return table;
    }

    /// <summary>The main detail of an event.</summary>
    public static string Detail(JsonObject entry)
    {
        KeyValuePair<string, JsonValue> member = entry.FirstOrDefault(candidate => candidate.Key.EndsWith("EventDetails", StringComparison.Ordinal));
        if (member.Value is not JsonObject details)
        {
            return string.Empty;
        }

        return string.Join(' ', Shown
            .Select(name => details[name] switch { JsonString shown => shown.Value, JsonNumber number => number.Text, _ => null })
            .OfType<string>());
    }
}
