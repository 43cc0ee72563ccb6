namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>
/// A stable merge sort. It always compares the same pairs in the same order. A comparison that is a function of the
/// expression can be inconsistent, and must still give the same result on every host.
/// </summary>
internal static class MergeSort
{
    /// <summary>Sorts in place.</summary>
    /// <param name="isAfter">Whether the first belongs behind the second.</param>
    public static void Sort<T>(T[] items, Func<T, T, bool> isAfter) => Sort(items, new T[items.Length], 0, items.Length, isAfter);

    private static void Sort<T>(T[] items, T[] buffer, int start, int end, Func<T, T, bool> isAfter)
    {
        if (end - start <= 1)
        {
            return;
        }

        int middle = start + ((end - start) / 2);
        Sort(items, buffer, start, middle, isAfter);
        Sort(items, buffer, middle, end, isAfter);
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++)
        {
            bool takeRight = left >= middle || (right < end && isAfter(items[left], items[right]));
            buffer[at] = takeRight ? items[right++] : items[left++];
        }

        Array.Copy(buffer, start, items, start, end - start);
    }
}
