using System.Globalization;
using System.Text;

namespace StepFlow.Functions.Messages;

/// <summary>How many items each child of a Map Run has, as a text: runs of equal counts, <c>1*100,3*2</c>.</summary>
internal static class ItemCounts
{
    public static string Write(IEnumerable<int> counts)
    {
        var text = new StringBuilder();
        int current = 0;
        int times = 0;
        foreach (int count in counts)
        {
            if (times > 0 && count != current)
            {
                Close();
            }

            current = count;
            times++;
        }

        if (times > 0)
        {
            Close();
        }

        return text.ToString();

        void Close()
        {
            text.Append(text.Length > 0 ? "," : string.Empty).Append(CultureInfo.InvariantCulture, $"{current}*{times}");
            times = 0;
        }
    }

    public static int[] Read(string text)
    {
        var counts = new List<int>();
        foreach (string run in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            int at = run.IndexOf('*', StringComparison.Ordinal);
            counts.AddRange(Enumerable.Repeat(
                int.Parse(run.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture),
                int.Parse(run.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture)));
        }

        return [.. counts];
    }
}
