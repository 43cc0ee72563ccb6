using System.Globalization;
using System.Text;

namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>Formats an instant by a picture.</summary>
internal static class DateTimeFormatter
{
    private static readonly IntegerPicture TwoDigits = new("00");

    /// <summary>Formats an instant.</summary>
    /// <param name="milliseconds">Milliseconds since 1970.</param>
    /// <param name="timezone">The offset as hours and minutes, such as <c>+0130</c>; null for UTC.</param>
    public static string Format(Evaluator evaluator, double milliseconds, DateTimePicture picture, string? timezone)
    {
        int zone = ParseZone(timezone);
        int hours = (int)Math.Floor(zone / 100.0);
        int minutes = zone % 100;
        double local = Math.Truncate(milliseconds + (((60.0 * hours) + minutes) * 60_000));
        if (!(Math.Abs(local) <= CivilTime.MaxMilliseconds))
        {
            throw new JsonataException("D1001") { Value = Numbers.Create(evaluator, milliseconds) };
        }

        var time = new CivilTime((long)local);
        var text = new StringBuilder();
        foreach (DateTimePart part in picture.Parts)
        {
            text.Append(part.Literal ?? Component(evaluator, time, part, hours, minutes));
        }

        return text.ToString();
    }

    private static int ParseZone(string? timezone)
    {
        if (timezone is null)
        {
            return 0;
        }

        string text = timezone.Trim();
        int end = text.StartsWith('+') || text.StartsWith('-') ? 1 : 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return int.TryParse(text.AsSpan(0, end), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int zone) ? zone : 0;
    }

    private static string Component(Evaluator evaluator, in CivilTime time, DateTimePart part, int hours, int minutes)
    {
        switch (part.Component)
        {
            case 'Z' or 'z':
                return Zone(evaluator, part, hours, minutes);
            case 'P':
                string half = time.Hour >= 12 ? "pm" : "am";
                return part.Names == LetterCase.Upper ? half.ToUpperInvariant() : half;
            case 'C' or 'E':
                return "ISO";
        }

        long value = DateTimeComponents.Of(time, part.Component);
        if (part.Component == 'Y' && part.YearDigits >= 0)
        {
            value = (long)(value % Math.Pow(10, part.YearDigits));
        }

        return part.Names is null ? part.Integer!.Format(evaluator, value) : Name(part, value);
    }

    private static string Name(DateTimePart part, long value)
    {
        string name = part.Component switch
        {
            'M' or 'x' => CalendarNames.Months[value - 1],
            'F' => CalendarNames.Days[value - 1],
            _ => throw new JsonataException("D3133") { Value = new JsonString(part.Component.ToString()) },
        };
        name = part.Names switch
        {
            LetterCase.Upper => name.ToUpperInvariant(),
            LetterCase.Lower => name.ToLowerInvariant(),
            _ => name,
        };
        return part.MaxWidth is { } width && name.Length > width ? name[..width] : name;
    }

    private static string Zone(Evaluator evaluator, DateTimePart part, int hours, int minutes)
    {
        int offset = (hours * 100) + minutes;
        if (offset == 0 && part.Traditional)
        {
            return "Z";
        }

        IntegerPicture picture = part.Integer!;
        string text;
        if (picture.RegularSeparator is not null || picture.MandatoryDigits is 3 or 4)
        {
            text = picture.Format(evaluator, offset);
        }
        else if (picture.MandatoryDigits is 1 or 2)
        {
            text = picture.Format(evaluator, hours);
            if (minutes != 0)
            {
                text += ":" + TwoDigits.Format(evaluator, minutes);
            }
        }
        else
        {
            throw new JsonataException("D3134") { Value = picture.MandatoryDigits };
        }

        string sign = offset >= 0 ? "+" : string.Empty;
        return (part.Component == 'z' ? "GMT" : string.Empty) + sign + text;
    }
}
