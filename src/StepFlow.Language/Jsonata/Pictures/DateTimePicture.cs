using System.Globalization;
using StepFlow.Language.Jsonata.Patterns;

namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>A picture of a date and time (XPath and XQuery Functions 3.1, section 9.8.4).</summary>
internal sealed class DateTimePicture
{
    public static readonly DateTimePicture Iso8601 = new("[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]");

    public static readonly PictureCache<DateTimePicture> Known = new(text => new(text));

    private const string NumericComponents = "YMDdFWwXxHhmsf";

    private readonly List<DateTimePart> _parts = [];
    private Pattern? _pattern;

    public DateTimePicture(string picture)
    {
        int start = 0;
        int at = 0;
        for (; at < picture.Length; at++)
        {
            if (picture[at] != '[')
            {
                continue;
            }

            AddLiteral(picture[start..at]);
            if (at + 1 < picture.Length && picture[at + 1] == '[')
            {
                _parts.Add(new() { Literal = "[" });
                start = ++at + 1;
                continue;
            }

            int end = picture.IndexOf(']', at);
            if (end < 0)
            {
                throw new JsonataException("D3135");
            }

            AddComponent(string.Concat(picture[(at + 1)..end].Where(c => !char.IsWhiteSpace(c))));
            at = end;
            start = end + 1;
        }

        AddLiteral(picture[start..at]);
    }

    public IReadOnlyList<DateTimePart> Parts => _parts;

    /// <summary>The pattern that a text in this format matches, with a group for each part.</summary>
    public Pattern Pattern => _pattern ??= new(DateTimeReader.ToRegex(_parts), "i");

    private static string? DefaultPresentation(char component) => component switch
    {
        'Y' or 'M' or 'D' or 'd' or 'W' or 'w' or 'X' or 'x' or 'H' or 'h' or 'f' => "1",
        'F' or 'P' or 'C' or 'E' => "n",
        'm' or 's' => "01",
        'Z' or 'z' => "01:01",
        _ => null,
    };

    private static int? Width(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int width) ? width : null;

    private void AddLiteral(string text)
    {
        if (text.Length > 0)
        {
            _parts.Add(new() { Literal = text.Replace("]]", "]", StringComparison.Ordinal) });
        }
    }

    private void AddComponent(string marker)
    {
        char component = marker.Length > 0 ? marker[0] : '\0';
        int comma = marker.LastIndexOf(',');
        int? min = null;
        int? max = null;
        if (comma >= 0)
        {
            string[] widths = marker[(comma + 1)..].Split('-', 2);
            min = Width(widths[0]);
            max = widths.Length > 1 ? Width(widths[1]) : null;
        }

        string presentation = marker.Length == 0 ? string.Empty : comma >= 0 ? marker[1..Math.Max(1, comma)] : marker[1..];
        char modifier = '\0';
        if (presentation.Length > 1 && presentation[^1] is 'a' or 't' or 'c' or 'o')
        {
            modifier = presentation[^1];
            presentation = presentation[..^1];
        }

        string standard = DefaultPresentation(component)
            ?? throw new JsonataException("D3132") { Value = new JsonString(component == '\0' ? string.Empty : component.ToString()) };
        if (presentation.Length == 0)
        {
            presentation = standard;
        }

        LetterCase? names = presentation[0] switch
        {
            'n' => LetterCase.Lower,
            'N' => presentation.Length > 1 && presentation[1] == 'n' ? LetterCase.Title : LetterCase.Upper,
            _ => null,
        };
        (IntegerPicture? integer, int yearDigits) = Integer(component, presentation, modifier, names, min, max);
        _parts.Add(new()
        {
            Component = component,
            MaxWidth = max,
            Traditional = modifier == 't',
            Names = names,
            Integer = integer,
            YearDigits = yearDigits,
        });
    }

    private (IntegerPicture? Picture, int YearDigits) Integer(
        char component, string presentation, char modifier, LetterCase? names, int? min, int? max)
    {
        if (component is 'Z' or 'z')
        {
            return (new(presentation), -1);
        }

        if (names is not null || !NumericComponents.Contains(component, StringComparison.Ordinal))
        {
            return (null, -1);
        }

        var integer = new IntegerPicture(modifier == '\0' ? presentation : $"{presentation};{modifier}");
        if (integer.Style == IntegerStyle.Decimal)
        {
            integer.MandatoryDigits = Math.Max(integer.MandatoryDigits, min ?? 0);
        }

        int yearDigits = -1;
        if (component == 'Y')
        {
            if (max is { } width)
            {
                yearDigits = width;
                integer.MandatoryDigits = width;
            }
            else if (integer.MandatoryDigits + integer.OptionalDigits >= 2)
            {
                yearDigits = integer.MandatoryDigits + integer.OptionalDigits;
            }
        }

        // Two numbers follow each other directly, so the first has exactly its number of digits.
        if (_parts.Count > 0 && _parts[^1].Integer is { } previous)
        {
            previous.ParseWidth = previous.MandatoryDigits;
        }

        return (integer, yearDigits);
    }
}
