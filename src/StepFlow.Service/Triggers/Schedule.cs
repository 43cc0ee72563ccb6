using System.Globalization;
using System.Text.RegularExpressions;
using Cronos;

namespace StepFlow.Service.Triggers;

/// <summary>The times of a schedule.</summary>
public sealed partial class Schedule
{
    private readonly CronExpression? _cron;
    private readonly TimeZoneInfo _zone;
    private readonly TimeSpan _rate;

    private Schedule(CronExpression? cron, TimeZoneInfo zone, TimeSpan rate) => (_cron, _zone, _rate) = (cron, zone, rate);

    /// <summary>The cron expression; null for a rate.</summary>
    internal string? Cron { get; private init; }

    internal TimeZoneInfo Zone => _zone;

    /// <summary>The rate, in whole minutes; zero for cron.</summary>
    internal TimeSpan Rate => _rate;

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">Cron, or a rate.</param>
    /// <param name="zone">The time zone; null for UTC.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="FormatException">The text is not a schedule. The message is the end of a sentence that begins with the setting.</exception>
    public static Schedule Parse(string text, string? zone)
    {
        TimeZoneInfo timeZone = TimeZoneInfo.Utc;
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out timeZone!))
        {
            throw new FormatException($"has a time zone that this machine does not know: '{zone}'");
        }

        if (RatePattern().Match(text) is { Success: true } rate && long.TryParse(rate.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count is > 0 and <= 100_000)
        {
            return new(null, TimeZoneInfo.Utc, count * rate.Groups[2].Value switch { "minute" => TimeSpan.FromMinutes(1), "hour" => TimeSpan.FromHours(1), _ => TimeSpan.FromDays(1) });
        }

        return CronExpression.TryParse(text, out CronExpression? cron)
            ? new(cron, timeZone, default) { Cron = text }
            : throw new FormatException("must be cron of five fields such as '30 8 * * MON-FRI', or 'rate(5 minutes)'");
    }

    /// <summary>The next time after another one; null if there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _cron is null
        ? DateTimeOffset.UnixEpoch + (((after - DateTimeOffset.UnixEpoch).Ticks / _rate.Ticks) + 1) * _rate
        : _cron.GetNextOccurrence(after, _zone);

    [GeneratedRegex(@"^rate\(\s*(\d+)\s+(minute|hour|day)s?\s*\)$")]
    private static partial Regex RatePattern();
}
