using System.Text;

namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>Numbers as Roman numerals and as the letters of spreadsheet columns.</summary>
internal static class Numerals
{
    private static readonly (int Value, string Text)[] Roman =
    [
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
        (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ];

    public static string ToRoman(double value)
    {
        var text = new StringBuilder();
        foreach ((int step, string numeral) in Roman)
        {
            for (; value >= step; value -= step)
            {
                text.Append(numeral);
            }
        }

        return text.ToString();
    }

    public static double FromRoman(string text)
    {
        double result = 0;
        int largest = 1;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            int value = char.ToUpperInvariant(text[i]) switch
            {
                'M' => 1000,
                'D' => 500,
                'C' => 100,
                'L' => 50,
                'X' => 10,
                'V' => 5,
                'I' => 1,
                _ => 0,
            };
            if (value == 0)
            {
                return double.NaN;
            }

            result += value < largest ? -value : value;
            largest = Math.Max(largest, value);
        }

        return result;
    }

    public static string ToLetters(double value, char first)
    {
        var text = new StringBuilder();
        for (; value > 0; value = Math.Floor((value - 1) / 26))
        {
            text.Insert(0, (char)((int)((value - 1) % 26) + first));
        }

        return text.ToString();
    }

    public static double FromLetters(string text, char first)
    {
        double result = 0;
        foreach (char c in text)
        {
            result = (result * 26) + (c - first + 1);
        }

        return result;
    }
}
