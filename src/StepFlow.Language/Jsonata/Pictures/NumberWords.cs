namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>Numbers in English words.</summary>
internal static class NumberWords
{
    private static readonly string[] Few =
    [
        "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
        "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
    ];

    private static readonly string[] Ordinals =
    [
        "Zeroth", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh",
        "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth",
    ];

    private static readonly string[] Decades = ["Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"];

    private static readonly string[] Magnitudes = ["Thousand", "Million", "Billion", "Trillion"];

    private static readonly Dictionary<string, double> Values = CreateValues();

    /// <summary>All words, for a pattern that recognises them.</summary>
    public static IEnumerable<string> All => Values.Keys;

    public static string Of(double value, bool ordinal) => Of(value, follows: false, ordinal);

    public static double Parse(string text)
    {
        var segments = new Stack<double>();
        segments.Push(0);
        foreach (string word in text.Replace(", ", " ", StringComparison.Ordinal).Replace(" and ", " ", StringComparison.Ordinal).Split(' ', '-', '\\'))
        {
            if (!Values.TryGetValue(word, out double value))
            {
                return double.NaN;
            }

            double top = segments.Pop();
            if (value >= 100)
            {
                segments.Push(top * value);
                continue;
            }

            if (top >= 1000)
            {
                segments.Push(top);
                top = 0;
            }

            segments.Push(top + value);
        }

        return segments.Sum();
    }

    private static string Of(double value, bool follows, bool ordinal)
    {
        if (value <= 19)
        {
            return (follows ? " and " : string.Empty) + (ordinal ? Ordinals : Few)[(int)value];
        }

        if (value < 100)
        {
            string decade = (follows ? " and " : string.Empty) + Decades[(int)(value / 10) - 2];
            int rest = (int)value % 10;
            return rest > 0 ? $"{decade}-{Of(rest, follows: false, ordinal)}" : ordinal ? decade[..^1] + "ieth" : decade;
        }

        string words;
        double remainder;
        if (value < 1000)
        {
            remainder = value % 100;
            words = $"{(follows ? ", " : string.Empty)}{Few[(int)(value / 100)]} Hundred";
        }
        else
        {
            int magnitude = Math.Min((int)Math.Floor(Math.Log10(value) / 3), Magnitudes.Length);
            double factor = Math.Pow(10, magnitude * 3);
            double mantissa = Math.Floor(value / factor);
            remainder = value - (mantissa * factor);
            words = $"{(follows ? ", " : string.Empty)}{Of(mantissa, follows: false, ordinal: false)} {Magnitudes[magnitude - 1]}";
        }

        return remainder > 0 ? words + Of(remainder, follows: true, ordinal) : ordinal ? words + "th" : words;
    }

    private static Dictionary<string, double> CreateValues()
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int i = 0; i < Few.Length; i++)
        {
            values[Few[i].ToLowerInvariant()] = i;
            values[Ordinals[i].ToLowerInvariant()] = i;
        }

        for (int i = 0; i < Decades.Length; i++)
        {
            string word = Decades[i].ToLowerInvariant();
            values[word] = (i + 2) * 10;
            values[word[..^1] + "ieth"] = (i + 2) * 10;
        }

        values["hundred"] = 100;
        values["hundredth"] = 100;
        for (int i = 0; i < Magnitudes.Length; i++)
        {
            string word = Magnitudes[i].ToLowerInvariant();
            values[word] = Math.Pow(10, (i + 1) * 3);
            values[word + "th"] = values[word];
        }

        return values;
    }
}
