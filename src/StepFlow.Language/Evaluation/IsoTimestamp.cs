using System.Diagnostics.CodeAnalysis;

namespace StepFlow.Language.Evaluation;

/// <summary>
/// An instant as Step Functions reads it: ISO 8601 extended with an offset (RFC 3339), down to nanoseconds
/// (Amazon States Language, "Timestamps").
/// </summary>
/// <param name="Instant">The instant, to 100 ns.</param>
/// <param name="Nanoseconds">What <paramref name="Instant"/> cannot hold: 0 to 99.</param>
public readonly record struct IsoTimestamp(DateTimeOffset Instant, int Nanoseconds)
{
    /// <summary>The required form of the text, as messages name it.</summary>
    public const string FormatName = "ISO-8601 extended offset date-time format string";

    private const int DateLength = 10;

    /// <summary>
    /// Reads <c>2016-03-14T01:59:00.123456789Z</c>. The seconds may be absent; the T, a Z or an offset such as
    /// <c>+01:00</c> may not. The fraction has up to nine digits.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IsoTimestamp timestamp)
    {
        timestamp = default;
        if (text is null || text.Length < DateLength + 7 || text[4] != '-' || text[7] != '-' || (text[DateLength] | 0x20) != 't')
        {
            return false;
        }

        if (!Digits(text, 0, 4, out int year) || !Digits(text, 5, 2, out int month) || !Digits(text, 8, 2, out int day)
            || year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        int at = DateLength + 1;
        if (!Digits(text, at, 2, out int hour) || text[at + 2] != ':' || !Digits(text, at + 3, 2, out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        at += 5;
        if (!ReadSeconds(text, ref at, out int second, out int nanoseconds) || !ReadOffset(text, at, out long offset))
        {
            return false;
        }

        long ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + (nanoseconds / 100) - offset;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        timestamp = new(new DateTimeOffset(ticks, TimeSpan.Zero), nanoseconds % 100);
        return true;
    }

    public int CompareTo(IsoTimestamp other)
    {
        int order = Instant.UtcTicks.CompareTo(other.Instant.UtcTicks);
        return order != 0 ? order : Nanoseconds.CompareTo(other.Nanoseconds);
    }

    private static bool ReadSeconds(string text, ref int at, out int second, out int nanoseconds)
    {
        second = 0;
        nanoseconds = 0;
        if (at >= text.Length || text[at] != ':')
        {
            return true;
        }

        if (!Digits(text, at + 1, 2, out second) || second > 59)
        {
            return false;
        }

        at += 3;
        if (at >= text.Length || text[at] != '.')
        {
            return true;
        }

        int start = ++at;
        for (; at < text.Length && char.IsAsciiDigit(text[at]) && at - start < 9; at++)
        {
            nanoseconds = (nanoseconds * 10) + (text[at] - '0');
        }

        for (int digits = at - start; digits < 9; digits++)
        {
            nanoseconds *= 10;
        }

        return at > start;
    }

    /// <summary>Reads the rest of the text as an offset, in ticks.</summary>
    private static bool ReadOffset(string text, int at, out long ticks)
    {
        ticks = 0;
        int length = text.Length - at;
        if (length == 1 && (text[at] | 0x20) == 'z')
        {
            return true;
        }

        if (length is not (6 or 9) || text[at] is not ('+' or '-') || text[at + 3] != ':'
            || !Digits(text, at + 1, 2, out int hours) || !Digits(text, at + 4, 2, out int minutes) || hours > 18 || minutes > 59)
        {
            return false;
        }

        int seconds = 0;
        if (length == 9 && (text[at + 6] != ':' || !Digits(text, at + 7, 2, out seconds) || seconds > 59))
        {
            return false;
        }

        ticks = ((hours * 3600L) + (minutes * 60L) + seconds) * TimeSpan.TicksPerSecond;
        ticks = text[at] == '-' ? -ticks : ticks;
        return true;
    }

    private static bool Digits(string text, int at, int count, out int value)
    {
        value = 0;
        if (at + count > text.Length)
        {
            return false;
        }

        for (int i = at; i < at + count; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                return false;
            }

            value = (value * 10) + (text[i] - '0');
        }

        return true;
    }
}
