using System.Globalization;
using Cronos;

namespace StepFlow.Service.Triggers;

/// <summary>
/// The schedule of a timer of Azure Functions (NCRONTAB: six fields, seconds first) that fires at each time of one of our schedules.
/// NCRONTAB has no time zones, no rates such as 45 minutes, and no last day of a month. So the timer may fire at other times too,
/// and the function that it calls checks the schedule itself.
/// </summary>
public static class PlatformCron
{
    private const int MinutesPerHour = 60;
    private const int HoursPerDay = 24;
    private const string EveryMinute = "0 * * * * *";

    /// <summary>Zones had offsets of any length long ago.</summary>
    private static readonly DateTime Past = new(2020, 1, 1);

    /// <summary>The timer's schedule.</summary>
    /// <param name="schedule">Our schedule.</param>
    /// <param name="platformZone">The time zone in which the platform reads NCRONTAB.</param>
    public static string Of(Schedule schedule, TimeZoneInfo platformZone)
    {
        bool isUtc = IsUtc(schedule.Zone) && IsUtc(platformZone);
        if (!isUtc && !(HasWholeHours(schedule.Zone) && HasWholeHours(platformZone)))
        {
            return EveryMinute;
        }

        (int[] minutes, int[] hours) = schedule.Cron is { } cron ? OfCron(cron) : OfRate(schedule.Rate);
        return isUtc
            ? $"0 {Field(minutes, MinutesPerHour)} {Field(hours, HoursPerDay)} * * *"

            // A time that the clock leaves out comes at the full hour after it.
            : $"0 {Field([.. minutes.Append(0).Distinct().Order()], MinutesPerHour)} * * * *";
    }

    private static bool IsUtc(TimeZoneInfo zone) => zone.BaseUtcOffset == TimeSpan.Zero && !zone.SupportsDaylightSavingTime;

    private static bool HasWholeHours(TimeZoneInfo zone) =>
        IsWhole(zone.BaseUtcOffset) && zone.GetAdjustmentRules().Where(static rule => rule.DateEnd >= Past).All(static rule => IsWhole(rule.DaylightDelta) && IsWhole(rule.BaseUtcOffsetDelta));

    private static bool IsWhole(TimeSpan offset) => offset.Ticks % TimeSpan.TicksPerHour == 0;

    private static (int[] Minutes, int[] Hours) OfCron(string cron) =>
        cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var minutes, var hours, _, _, _]
            ? (Values($"{minutes} * * * *", TimeSpan.FromHours(1), static time => time.Minute), Values($"0 {hours} * * *", TimeSpan.FromDays(1), static time => time.Hour))
            : ([.. Enumerable.Range(0, MinutesPerHour)], [.. Enumerable.Range(0, HoursPerDay)]);

    /// <summary>The values of a field, as Cronos reads it.</summary>
    private static int[] Values(string cron, TimeSpan period, Func<DateTime, int> value) =>
        [.. CronExpression.Parse(cron).GetOccurrences(DateTime.UnixEpoch, DateTime.UnixEpoch + period).Select(value)];

    /// <summary>Multiples of a rate since 1970 are multiples of what it has in common with an hour, or with a day.</summary>
    private static (int[] Minutes, int[] Hours) OfRate(TimeSpan rate)
    {
        long minutes = (long)rate.TotalMinutes;
        return minutes % MinutesPerHour == 0
            ? ([0], Multiples(minutes / MinutesPerHour, HoursPerDay))
            : (Multiples(minutes, MinutesPerHour), Multiples(1, HoursPerDay));
    }

    private static int[] Multiples(long count, int period)
    {
        int step = (int)System.Numerics.BigInteger.GreatestCommonDivisor(count, period);
        return [.. Enumerable.Range(0, period / step).Select(multiple => multiple * step)];
    }

    private static string Field(int[] values, int count) =>
        values.Length == count ? "*" : string.Join(',', values.Select(static value => value.ToString(CultureInfo.InvariantCulture)));
}
