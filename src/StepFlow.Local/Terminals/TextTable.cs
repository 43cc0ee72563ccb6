namespace StepFlow.Local.Terminals;

/// <summary>
/// A table of text: a line for each row, and columns as wide as their widest cell. If the width is limited, columns on the
/// right are cropped or left out. The first one, which contains the id, is always shown.
/// </summary>
internal sealed class TextTable(params string[] columns)
{
    private const string Gap = "  ";

    // A column is left out if it would be narrower.
    private const int LeastWidth = 6;

    private readonly List<string[]> _rows = [columns];

    /// <summary>Adds a row: a text for each column.</summary>
    public void Add(params string[] row) => _rows.Add([.. row.Select(static cell => cell.ReplaceLineEndings(" "))]);

    /// <summary>Writes the table.</summary>
    /// <param name="terminal">The width of a line and the colours of statuses.</param>
    public void Write(TextWriter output, TerminalText terminal)
    {
        int[] widths = Fit([.. Enumerable.Range(0, columns.Length).Select(column => _rows.Max(row => row[column].Length))], terminal.Width);
        foreach (string[] row in _rows)
        {
            // The last column is not padded, because the padding could wrap.
            int last = Array.FindLastIndex(row, widths.Length - 1, static cell => cell.Length > 0);
            output.WriteLine(string.Join(Gap, widths.Take(last + 1).Select((width, column) =>
                terminal.Paint(Crop(row[column], width), row[column]) + new string(' ', column == last ? 0 : Math.Max(0, width - row[column].Length)))));
        }
    }

    /// <summary>The widths of the columns that are shown.</summary>
    private static int[] Fit(int[] widths, int? limit)
    {
        var fitted = new List<int> { widths[0] };
        int used = widths[0];
        foreach (int width in widths.Skip(1))
        {
            int left = (limit ?? int.MaxValue) - used - Gap.Length;
            if (left < Math.Min(width, LeastWidth))
            {
                break;
            }

            fitted.Add(Math.Min(width, left));
            used += Gap.Length + fitted[^1];
        }

        return [.. fitted];
    }

    private static string Crop(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}
