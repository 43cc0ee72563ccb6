using System.Text.RegularExpressions;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Recorded;

/// <summary>Compares with a recording, in which what differs from run to run was replaced by placeholders.</summary>
internal static partial class RecordedComparison
{
    // Where the recordings carry a word instead of a value.
    private static readonly HashSet<string> Masked = new(StringComparer.Ordinal)
    {
        "RequestId", "x-amzn-requestid", "x-amzn-trace-id", "x-amz-crc32", "date", "start-date", "StartDate", "LastModified", "MessageId", "EventId",
        "ExecutionArn", "requestId", "stackTrace", "LogResult",
    };

    // Workflows do not depend on how a response is written on the wire; the length follows from it.
    private static readonly HashSet<string> Lengths = new(StringComparer.Ordinal) { "content-length" };

    /// <summary>The first difference; null where there is none.</summary>
    public static string? Difference(JsonValue actual, JsonValue expected, bool compareLengths, string path = "$")
    {
        actual = expected is JsonObject && actual is JsonString text ? JsonValue.ParseOrNull(text.Value) ?? actual : actual;
        switch (expected)
        {
            case JsonObject wanted when actual is JsonObject given:
                (wanted, given) = (LowerHeaders(wanted, path), LowerHeaders(given, path));
                string[] names = [.. wanted.Select(static member => member.Key).Order(StringComparer.Ordinal)];
                string[] found = [.. given.Select(static member => member.Key).Order(StringComparer.Ordinal)];
                if (!names.SequenceEqual(found))
                {
                    return $"{path}: members {string.Join(',', found)} instead of {string.Join(',', names)}";
                }

                return wanted
                    .Where(member => !Masked.Contains(member.Key) && (compareLengths || !Lengths.Contains(member.Key)))
                    .Select(member => Difference(given[member.Key]!, member.Value, compareLengths, $"{path}.{member.Key}"))
                    .FirstOrDefault(static problem => problem is not null);
            case JsonArray wanted when actual is JsonArray given && wanted.Count == given.Count:
                return wanted.Select((item, at) => Difference(given[at], item, compareLengths, $"{path}[{at}]")).FirstOrDefault(static problem => problem is not null);
            case JsonString wanted when wanted.Value.Contains('<', StringComparison.Ordinal) && actual is JsonString given:
                return Pattern(wanted.Value).IsMatch(Plain(given.Value)) ? null : $"{path}: {given.Value} instead of {wanted.Value}";
            default:
                return actual == expected ? null : $"{path}: {actual} instead of {expected}";
        }
    }

    // The services spell the names of headers now so, now so.
    private static JsonObject LowerHeaders(JsonObject members, string path) => path.EndsWith("HttpHeaders", StringComparison.Ordinal)
        ? JsonObject.Create([.. members.Select(static member => (member.Key.ToLowerInvariant(), member.Value))])
        : members;

    // A placeholder matches anything; newer recordings end with the number of attempts.
    private static Regex Pattern(string recorded) =>
        new("^" + string.Join(".*", Placeholder().Split(Plain(recorded)).Select(Regex.Escape)) + "$", RegexOptions.Singleline);

    private static string Plain(string text) => text.Replace(" (SDK Attempt Count: 1)", string.Empty, StringComparison.Ordinal);

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Placeholder();
}
