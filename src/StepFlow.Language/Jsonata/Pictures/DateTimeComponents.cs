namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>The numeric components of a time, by the letter that stands for them in a picture.</summary>
internal static class DateTimeComponents
{
    private const long Week = 7 * CivilTime.MillisecondsPerDay;

    /// <summary>The value of a component.</summary>
    public static long Of(in CivilTime time, char component) => component switch
    {
        'Y' => time.Year,
        'M' => time.Month,
        'D' => time.Day,
        'd' => ((Today(time) - CivilTime.DateToMilliseconds(time.Year, 1, 1)) / CivilTime.MillisecondsPerDay) + 1,
        'F' => time.DayOfWeek,
        'W' => WeekOfYear(time),
        'w' => WeekOfMonth(time),
        'X' => WeekYear(time),
        'x' => WeekMonth(time),
        'H' => time.Hour,
        'h' => time.Hour % 12 == 0 ? 12 : time.Hour % 12,
        'm' => time.Minute,
        's' => time.Second,
        'f' => time.Fraction,
        _ => 0,
    };

    private static long Today(in CivilTime time) => CivilTime.DateToMilliseconds(time.Year, time.Month, time.Day);

    /// <summary>The Monday of the first week of a month, which is the week of its first Thursday (ISO 8601).</summary>
    private static long FirstWeek(long year, long month)
    {
        long first = CivilTime.DateToMilliseconds(year, month, 1);
        int day = new CivilTime(first).DayOfWeek;
        return first + ((day > 4 ? 8 - day : 1 - day) * CivilTime.MillisecondsPerDay);
    }

    private static long WeeksBetween(long start, long end) => (long)Math.Floor((double)(end - start) / Week) + 1;

    private static long WeekOfYear(in CivilTime time)
    {
        long today = Today(time);
        long week = WeeksBetween(FirstWeek(time.Year, 1), today);
        if (week > 52 && today >= FirstWeek(time.Year + 1, 1))
        {
            return 1;
        }

        return week < 1 ? WeeksBetween(FirstWeek(time.Year - 1, 1), today) : week;
    }

    private static long WeekOfMonth(in CivilTime time)
    {
        long today = Today(time);
        long week = WeeksBetween(FirstWeek(time.Year, time.Month), today);
        if (week > 4 && today >= FirstWeek(time.Year, time.Month + 1))
        {
            return 1;
        }

        return week < 1 ? WeeksBetween(FirstWeek(time.Year, time.Month - 1), today) : week;
    }

    private static long WeekYear(in CivilTime time) =>
        time.Milliseconds < FirstWeek(time.Year, 1) ? time.Year - 1
        : time.Milliseconds >= FirstWeek(time.Year + 1, 1) ? time.Year + 1
        : time.Year;

    private static long WeekMonth(in CivilTime time) =>
        time.Milliseconds < FirstWeek(time.Year, time.Month) ? (time.Month == 1 ? 12 : time.Month - 1)
        : time.Milliseconds >= FirstWeek(time.Year, time.Month + 1) ? (time.Month % 12) + 1
        : time.Month;
}
