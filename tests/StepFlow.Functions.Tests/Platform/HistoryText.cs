using System.Text.RegularExpressions;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>A history as text that is the same for two hosts if they did the same: without times, random ids and tokens.</summary>
internal static partial class HistoryText
{
    private static readonly string[] EndMembers = ["status", "output", "error", "cause", "redriveCount", "redriveStatus"];
    private static readonly string[] Places = ["id", "previousEventId"];

    /// <summary>Writes it, an event a line, and how the execution ended.</summary>
    /// <param name="events">The events.</param>
    /// <param name="ended">The execution.</param>
    /// <param name="tokens">The task tokens that it gave away.</param>
    /// <param name="isConcurrent">Whether the order of the events is left open.</param>
    public static string Of(IEnumerable<JsonObject> events, JsonObject ended, IReadOnlyList<string> tokens, bool isConcurrent)
    {
        IEnumerable<string> lines = events.Select(item => Line(item.Without("timestamp"), tokens, isConcurrent ? Places : []));
        JsonObject end = JsonObject.Create([.. EndMembers.Where(name => ended[name] is not null).Select(name => (name, ended[name]!))]);
        return string.Join('\n', [.. isConcurrent ? lines.Order(StringComparer.Ordinal) : lines, Line(end, tokens, [])]);
    }

    private static string Line(JsonObject item, IReadOnlyList<string> tokens, IEnumerable<string> without)
    {
        string text = without.Aggregate(item, static (left, name) => left.Without(name)).ToString();
        text = tokens.Aggregate(text, static (left, token) => left.Replace(token, "<token>", StringComparison.Ordinal));
        return Times().Replace(Dates().Replace(Traces().Replace(Ids().Replace(text, "<id>"), "<trace>"), "<date>"), "<time>");
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Ids();

    [GeneratedRegex("Root=1-[0-9a-f]+-[0-9a-f]+[^\"\\\\]*")]
    private static partial Regex Traces();

    [GeneratedRegex("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT")]
    private static partial Regex Dates();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z|\\b1[0-9]{12}\\b")]
    private static partial Regex Times();
}
