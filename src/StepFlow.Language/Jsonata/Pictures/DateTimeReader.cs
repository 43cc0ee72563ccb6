using System.Globalization;
using System.Text;

namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>Parses an instant by a picture. Missing components come from the current time or are zero.</summary>
internal static class DateTimeReader
{
    // The components of each form of a date or a time, as bits in the order of the letters.
    private const string DateLetters = "YXMxWwdD";
    private const int YearMonthDay = 0b10100001;
    private const int YearDay = 0b10000010;
    private const int MonthWeek = 0b01010100;
    private const int YearWeek = 0b01001000;
    private const string TimeLetters = "PHhmsf";
    private const int Hours24 = 0b010111;
    private const int Hours12 = 0b101111;

    /// <summary>Reads a text.</summary>
    /// <returns>Milliseconds since 1970; null where the text does not match.</returns>
    public static double? Read(Evaluator evaluator, string text, DateTimePicture picture)
    {
        int[]? registers = picture.Pattern.Find(evaluator, text, 0);
        if (registers is null)
        {
            return null;
        }

        var values = new Dictionary<char, double?>();
        int group = 0;
        foreach (DateTimePart part in picture.Parts)
        {
            // Patterns of components have no groups of their own.
            group++;
            if (part.Literal is null)
            {
                values[part.Component] = Parse(evaluator, part, text[registers[2 * group]..registers[(2 * group) + 1]]);
            }
        }

        return values.Count == 0 ? null : Combine(evaluator, values);
    }

    /// <summary>The regular expression of a picture's parts.</summary>
    public static string ToRegex(IEnumerable<DateTimePart> parts) => $"^{string.Concat(parts.Select(part => $"({Regex(part)})"))}$";

    private static string Regex(DateTimePart part)
    {
        if (part.Literal is { } literal)
        {
            return Escape(literal);
        }

        switch (part.Component)
        {
            case 'Z' or 'z':
                string separator = part.Integer!.RegularSeparator is { } regular ? Escape(regular.Character) + "[0-9]+" : string.Empty;
                return $"{(part.Component == 'z' ? "GMT" : string.Empty)}[-+][0-9]+{separator}";
            case 'f':
                return "[0-9]+";
            default:
                if (part.Integer is not null)
                {
                    return part.Integer.ToRegex();
                }

                return part.Component is 'M' or 'x' or 'F' or 'P'
                    ? "[a-zA-Z]+"
                    : throw new JsonataException("D3133") { Value = new JsonString(part.Component.ToString()) };
        }
    }

    private static string Escape(string literal)
    {
        var escaped = new StringBuilder();
        foreach (char c in literal)
        {
            escaped.Append(".*+?^${}()|[]\\".Contains(c, StringComparison.Ordinal) ? "\\" : string.Empty).Append(c);
        }

        return escaped.ToString();
    }

    private static double? Parse(Evaluator evaluator, DateTimePart part, string text)
    {
        switch (part.Component)
        {
            case 'Z' or 'z':
                return ParseZone(part, part.Component == 'z' ? text[3..] : text);
            case 'f':
                return double.Parse("0." + text[..Math.Min(3, text.Length)], CultureInfo.InvariantCulture) * 1000;
        }

        if (part.Integer is not null)
        {
            return part.Integer.Parse(evaluator, text);
        }

        if (part.Component == 'P')
        {
            return text switch { "am" or "AM" => 0, "pm" or "PM" => 1, _ => null };
        }

        string[] names = part.Component == 'F' ? CalendarNames.Days : CalendarNames.Months;
        int at = Array.FindIndex(names, n => (part.MaxWidth is { } width && n.Length > width ? n[..width] : n) == text);
        return at < 0 ? null : at + 1;
    }

    private static double ParseZone(DateTimePart part, string text)
    {
        (string hours, string minutes) = (text, "0");
        if (part.Integer!.RegularSeparator is { } separator)
        {
            // The sign of the hours may be the same character.
            int at = text.LastIndexOf(separator.Character, StringComparison.Ordinal);
            (hours, minutes) = (text[..at], text[(at + separator.Character.Length)..]);
        }
        else if (text.Length > 3)
        {
            (hours, minutes) = (text[..3], text[3..]);
        }

        return (double.Parse(hours, CultureInfo.InvariantCulture) * 60) + double.Parse(minutes, CultureInfo.InvariantCulture);
    }

    private static int Mask(Dictionary<char, double?> values, string letters)
    {
        int mask = 0;
        foreach (char letter in letters)
        {
            bool given = values.TryGetValue(letter, out double? value) && value is { } number && number != 0 && !double.IsNaN(number);
            mask = (mask << 1) | (given ? 1 : 0);
        }

        return mask;
    }

    /// <summary>Whether there is at least one component, and all components belong to a form.</summary>
    private static bool Fits(int way, int mask) => (~way & mask) == 0 && (way & mask) != 0;

    private static double Combine(Evaluator evaluator, Dictionary<char, double?> values)
    {
        int date = Mask(values, DateLetters);
        bool byDay = !Fits(YearMonthDay, date) && Fits(YearDay, date);
        bool byMonthWeek = Fits(MonthWeek, date);
        bool byYearWeek = !byMonthWeek && Fits(YearWeek, date);
        int time = Mask(values, TimeLetters);
        bool byHalf = !Fits(Hours24, time) && Fits(Hours12, time);
        string letters = (byDay ? "YD" : byMonthWeek ? "XxwF" : byYearWeek ? "XWF" : "YMD") + (byHalf ? "Phmsf" : "Hmsf");
        FillGaps(evaluator, values, letters);
        if (byMonthWeek || byYearWeek)
        {
            throw new JsonataException("D3136");
        }

        double Value(char letter) => values.GetValueOrDefault(letter) ?? 0;
        double hour = byHalf ? (Value('h') == 12 ? 0 : Value('h')) + (Value('P') == 1 ? 12 : 0) : Value('H');
        double year = Math.Truncate(Value('Y'));
        double month = byDay ? 1 : Value('M') > 0 ? Value('M') : 1;
        double day = byDay ? Value('d') : Value('D');
        double rest = (hour * 3_600_000) + (Value('m') * 60_000) + (Value('s') * 1000) + Value('f');
        double zone = (values.GetValueOrDefault('Z') is { } z && z != 0 ? z : Value('z')) * 60_000;
        if (!(Math.Abs(year) < 300_000) || !(Math.Abs(month) < 1e6) || !(Math.Abs(day) < 1e8) || !double.IsFinite(rest + zone))
        {
            return double.NaN;
        }

        // Two-digit years are in the twentieth century, as in JavaScript.
        long fullYear = (long)year is >= 0 and <= 99 ? 1900 + (long)year : (long)year;
        return CivilTime.DateToMilliseconds(fullYear, (long)month, (long)day) + rest - zone;
    }

    /// <summary>Components that are larger than the given ones come from the current time, smaller ones get their lowest value. A gap between them is an error.</summary>
    private static void FillGaps(Evaluator evaluator, Dictionary<char, double?> values, string letters)
    {
        var now = new CivilTime(evaluator.Instant.ToUnixTimeMilliseconds());
        bool started = false;
        bool ended = false;
        foreach (char letter in letters)
        {
            if (values.GetValueOrDefault(letter) is not null)
            {
                if (ended)
                {
                    throw new JsonataException("D3136");
                }

                started = true;
            }
            else if (started)
            {
                values[letter] = letter is 'M' or 'D' or 'd' ? 1 : 0;
                ended = true;
            }
            else
            {
                values[letter] = DateTimeComponents.Of(now, letter);
            }
        }
    }
}
