using System.Globalization;

namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>Reads the timestamps that $toMillis accepts without a picture.</summary>
internal static class Iso8601
{
    /// <summary>Reads a timestamp.</summary>
    /// <returns>Milliseconds since 1970; null if the text is not a timestamp.</returns>
    public static double? Read(string text)
    {
        int at = 0;
        if (Digits(text, ref at, 4) is not { } year)
        {
            return null;
        }

        int month = Part(text, ref at, '-', 2) ?? 1;
        int day = Part(text, ref at, '-', 2) ?? 1;
        double time = 0;
        if (at < text.Length && text[at] == 'T')
        {
            at++;
            if (Digits(text, ref at, 2) is not { } hour || Part(text, ref at, ':', 2) is not { } minute || Part(text, ref at, ':', 2) is not { } second
                || hour > 24 || minute > 59 || second > 59 || (hour == 24 && minute + second > 0))
            {
                return null;
            }

            time = (((((double)hour * 60) + minute) * 60) + second) * 1000;
        }

        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            int start = at++;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            time += Math.Floor(Math.Round(double.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture) * 1000, 6));
        }

        if (Zone(text, ref at) is not { } zone || at != text.Length || month is < 1 or > 12 || day is < 1 or > 31)
        {
            return null;
        }

        return CivilTime.DateToMilliseconds(year, month, day) + time - (zone * 60_000d);
    }

    private static int? Digits(string text, ref int at, int count)
    {
        if (at + count > text.Length || text.AsSpan(at, count).ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        at += count;
        return int.Parse(text.AsSpan(at - count, count), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>A mark and digits after it; null, and nothing taken, where they are not there.</summary>
    private static int? Part(string text, ref int at, char mark, int count)
    {
        // A minus may also begin the time zone: hours and minutes.
        if (at >= text.Length || text[at] != mark || (mark == '-' && at + 3 < text.Length && char.IsAsciiDigit(text[at + 3])))
        {
            return null;
        }

        int next = at + 1;
        int? value = Digits(text, ref next, count);
        at = value is null ? at : next;
        return value;
    }

    private static int? Zone(string text, ref int at)
    {
        if (at >= text.Length)
        {
            return 0;
        }

        char sign = text[at++];
        if (sign == 'Z')
        {
            return 0;
        }

        if (sign is not ('+' or '-') || Digits(text, ref at, 2) is not { } hours)
        {
            return null;
        }

        at += at < text.Length && text[at] == ':' ? 1 : 0;
        if (Digits(text, ref at, 2) is not { } minutes || hours > 23 || minutes > 59)
        {
            return null;
        }

        int zone = (hours * 60) + minutes;
        return sign == '-' ? -zone : zone;
    }
}
