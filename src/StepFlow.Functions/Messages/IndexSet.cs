using System.Globalization;
using System.Text;

namespace StepFlow.Functions.Messages;

/// <summary>Positions of children in a Map Run. As a text they are ranges, <c>0-4,7</c>: few where most of a stretch is there, or none.</summary>
internal sealed class IndexSet
{
    private readonly SortedSet<int> _indexes = [];

    /// <summary>How many there are.</summary>
    public int Count => _indexes.Count;

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static IndexSet Read(string text)
    {
        var set = new IndexSet();
        foreach (string range in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = range.Split('-');
            int first = int.Parse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture);
            set.Add(first, int.Parse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture) - first + 1);
        }

        return set;
    }

    public void Add(int first, int count) => _indexes.UnionWith(Enumerable.Range(first, count));

    /// <summary>Removes an index. False if it was not in the set.</summary>
    public bool Remove(int index) => _indexes.Remove(index);

    /// <summary>The indexes in ascending order.</summary>
    public IEnumerable<int> All() => _indexes;

    public string Write()
    {
        var text = new StringBuilder();
        int? first = null;
        int last = 0;
        foreach (int index in _indexes)
        {
            if (first is not null && index != last + 1)
            {
                Close();
            }

            first ??= index;
            last = index;
        }

        if (first is not null)
        {
            Close();
        }

        return text.ToString();

        void Close()
        {
            text.Append(text.Length > 0 ? "," : string.Empty).Append(CultureInfo.InvariantCulture, $"{first}");
            if (last != first)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{last}");
            }

            first = null;
        }
    }
}
