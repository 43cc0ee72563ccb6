namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>Checks whether separators have equal distances.</summary>
internal static class Intervals
{
    public static int CommonDivisor(IReadOnlyList<int> positions)
    {
        int divisor = 0;
        foreach (int position in positions)
        {
            (int a, int b) = (divisor, position);
            while (b != 0)
            {
                (a, b) = (b, a % b);
            }

            divisor = a;
        }

        return divisor;
    }

    /// <summary>Whether the positions are the first so many multiples of a distance.</summary>
    public static bool AreRegular(IReadOnlyList<int> positions, int distance)
    {
        for (int i = 1; i <= positions.Count; i++)
        {
            if (!positions.Contains(i * distance))
            {
                return false;
            }
        }

        return distance > 0;
    }
}
