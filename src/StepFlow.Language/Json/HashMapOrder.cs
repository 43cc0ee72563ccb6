namespace StepFlow.Language.Json;

/// <summary>
/// The order of texts in a hash map of Java. Step Functions builds some objects with one (the expressions of a
/// payload template, merged objects, rows of a CSV file), and the order is visible if an output is compared as text.
/// </summary>
public static class HashMapOrder
{
    private const int InitialCapacity = 16;

    /// <summary>Sorts names into that order, and their values with them. Names in the same bucket stay in their order.</summary>
    public static void Sort<T>(string[] names, T[] values)
    {
        int capacity = InitialCapacity;
        while (names.Length * 4 > capacity * 3)
        {
            capacity *= 2;
        }

        // The index is part of the sort key, because Array.Sort is not stable.
        long[] order = new long[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            order[i] = ((long)Bucket(names[i], capacity) << 32) | (uint)i;
        }

        Array.Sort((long[])order.Clone(), values);
        Array.Sort(order, names);
    }

    private static int Bucket(string name, int capacity)
    {
        int hash = 0;
        foreach (char c in name)
        {
            hash = unchecked((hash * 31) + c);
        }

        return (hash ^ (int)((uint)hash >> 16)) & (capacity - 1);
    }
}
