namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>An instant taken apart in UTC, for all years that JavaScript's dates reach.</summary>
internal readonly struct CivilTime
{
    public const long MillisecondsPerDay = 86_400_000;

    /// <summary>How far JavaScript's dates reach from 1970, in milliseconds.</summary>
    public const double MaxMilliseconds = 8.64e15;

    public CivilTime(long milliseconds)
    {
        Milliseconds = milliseconds;
        long day = FloorDivide(milliseconds, MillisecondsPerDay);
        long rest = milliseconds - (day * MillisecondsPerDay);
        Hour = (int)(rest / 3_600_000);
        Minute = (int)(rest / 60_000 % 60);
        Second = (int)(rest / 1000 % 60);
        Fraction = (int)(rest % 1000);
        DayOfWeek = (int)(((day + 3) % 7) + 7) % 7 + 1;

        // Howard Hinnant's civil_from_days: years start in March, eras have 400 of them.
        long shifted = day + 719_468;
        long era = FloorDivide(shifted, 146_097);
        long dayOfEra = shifted - (era * 146_097);
        long yearOfEra = (dayOfEra - (dayOfEra / 1_460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        long dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        long month = ((5 * dayOfYear) + 2) / 153;
        Day = (int)(dayOfYear - (((153 * month) + 2) / 5) + 1);
        Month = (int)(month < 10 ? month + 3 : month - 9);
        Year = yearOfEra + (era * 400) + (Month <= 2 ? 1 : 0);
    }

    public long Milliseconds { get; }

    public long Year { get; }

    /// <summary>The month, from 1.</summary>
    public int Month { get; }

    public int Day { get; }

    public int Hour { get; }

    public int Minute { get; }

    public int Second { get; }

    /// <summary>The milliseconds within the second.</summary>
    public int Fraction { get; }

    /// <summary>The day of the week, from Monday as 1.</summary>
    public int DayOfWeek { get; }

    /// <summary>Midnight of a day. Months and days outside their range are added to the year and month.</summary>
    /// <param name="month">The month, from 1.</param>
    /// <param name="day">The day, from 1.</param>
    public static long DateToMilliseconds(long year, long month, long day)
    {
        year += FloorDivide(month - 1, 12);
        month = (((month - 1) % 12) + 12) % 12 + 1;
        long shiftedYear = month <= 2 ? year - 1 : year;
        long era = FloorDivide(shiftedYear, 400);
        long yearOfEra = shiftedYear - (era * 400);
        long dayOfYear = ((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5;
        long dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return ((era * 146_097) + dayOfEra - 719_468 + day - 1) * MillisecondsPerDay;
    }

    private static long FloorDivide(long a, long b) => (a / b) - (a % b < 0 ? 1 : 0);
}
