namespace StepFlow.Language.Catalogue;

/// <summary>Suggests names for a misspelled one.</summary>
public static class SimilarNames
{
    /// <summary>The nearest of the known names; null where none is near.</summary>
    /// <param name="name">The misspelled name.</param>
    /// <param name="known">The valid names.</param>
    public static string? Find(string name, IEnumerable<string> known) => List(name, known).FirstOrDefault();

    /// <summary>The names that are near, the nearest first.</summary>
    /// <param name="name">The misspelled name.</param>
    /// <param name="known">The valid names.</param>
    public static IEnumerable<string> List(string name, IEnumerable<string> known) => known
        .Select(candidate => (Name: candidate, Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(candidate => candidate.Distance <= Math.Max(1, candidate.Name.Length / 3))
        .OrderBy(static candidate => candidate.Distance)
        .ThenBy(static candidate => candidate.Name, StringComparer.Ordinal)
        .Select(static candidate => candidate.Name);

    // The fewest letters to insert, remove, exchange or swap with their neighbour.
    private static int Distance(string one, string other)
    {
        int[,] cost = new int[one.Length + 1, other.Length + 1];
        for (int row = 0; row <= one.Length; row++)
        {
            for (int column = 0; column <= other.Length; column++)
            {
                if (row == 0 || column == 0)
                {
                    cost[row, column] = row + column;
                    continue;
                }

                int change = one[row - 1] == other[column - 1] ? 0 : 1;
                int least = Math.Min(Math.Min(cost[row - 1, column], cost[row, column - 1]) + 1, cost[row - 1, column - 1] + change);
                bool swapped = row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1];
                cost[row, column] = swapped ? Math.Min(least, cost[row - 2, column - 2] + 1) : least;
            }
        }

        return cost[one.Length, other.Length];
    }
}
