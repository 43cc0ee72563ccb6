using System.Globalization;

namespace StepFlow.Local.Commands;

/// <summary>How far a Map Run has come, in words: counts, rate, and how long the rest takes at that rate.</summary>
internal static class MapRunProgressText
{
    private static readonly (string Member, string Word)[] Ends = [("failed", "failed"), ("timedOut", "timed out"), ("aborted", "aborted")];

    /// <summary>The text of a run.</summary>
    /// <param name="run">The run, in the form of DescribeMapRun.</param>
    /// <param name="now">The time, for the rate of a running Map Run.</param>
    public static string Of(JsonObject run, DateTimeOffset now)
    {
        var counts = run["itemCounts"] as JsonObject ?? JsonObject.Empty;
        long succeeded = counts.Integer("succeeded") ?? 0;
        long ended = succeeded + Ends.Sum(end => counts.Integer(end.Member) ?? 0);
        long total = counts.Integer("total") ?? 0;
        var parts = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{ended:N0} of {total:N0} items") };
        parts.AddRange(Ends.Where(end => counts.Integer(end.Member) > 0).Select(end => string.Create(CultureInfo.InvariantCulture, $"{counts.Integer(end.Member):N0} {end.Word}")));
        double seconds = ((CommandTime.Read(run["stopDate"]) ?? now) - (CommandTime.Read(run["startDate"]) ?? now)).TotalSeconds;
        if (ended > 0 && seconds > 0)
        {
            double rate = ended / seconds;
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rate.ToString(rate < 10 ? "F1" : "N0", CultureInfo.InvariantCulture)} per second"));
            if (run["status"] is JsonString { Value: "RUNNING" } && total > ended)
            {
                parts.Add($"about {Duration(TimeSpan.FromSeconds((total - ended) / rate))} left");
            }
        }

        return string.Join(", ", parts);
    }

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)Math.Ceiling(time.TotalSeconds))} s"),
    };
}
