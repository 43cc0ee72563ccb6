namespace StepFlow.Local.Commands;

/// <summary>The progress of an execution from its history events: a line for each state that is entered and for each failure.</summary>
internal static class HistoryProgress
{
    private const int LongestDetail = 100;

    /// <summary>The line of an event; null for events that are not shown.</summary>
    public static string? Line(JsonObject entry)
    {
        string type = entry.Text("type") ?? string.Empty;
        if (type.EndsWith("StateEntered", StringComparison.Ordinal))
        {
            return $"{CommandTime.OfDay(entry["timestamp"])} {Detail(entry)}";
        }

        bool isFailure = type.EndsWith("Failed", StringComparison.Ordinal) || type.EndsWith("TimedOut", StringComparison.Ordinal) || type.EndsWith("Aborted", StringComparison.Ordinal);
        return isFailure && !type.StartsWith("Execution", StringComparison.Ordinal)
            ? $"{CommandTime.OfDay(entry["timestamp"])}   {type}: {Detail(entry)}".TrimEnd(' ', ':')
            : null;
    }

    private static string Detail(JsonObject entry) =>
        HistoryTable.Detail(entry) is { Length: > LongestDetail } text ? text[..LongestDetail] + "…" : HistoryTable.Detail(entry);
}
