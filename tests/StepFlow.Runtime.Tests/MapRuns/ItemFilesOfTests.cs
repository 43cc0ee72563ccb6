using System.Globalization;
using System.IO.Compression;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace StepFlow.Runtime.Tests.MapRuns;

/// <summary>Files of items in every form that an ItemReader reads.</summary>
internal static class ItemFilesOfTests
{
    public static byte[] Csv(int rows, string newLine = "\n", string header = "id,text\n") => Encoding.UTF8.GetBytes(header + string.Concat(Enumerable.Range(0, rows).Select(row =>
        string.Create(CultureInfo.InvariantCulture, $"{row},\"{Text(row)}\"{newLine}"))));

    public static byte[] JsonLines(int rows) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, rows).Select(static row =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"id\":{row},\"text\":\"{new string('x', row % 50)}\"}}{(row % 7 == 0 ? "\r\n\n" : "\n")}"))));

    public static string JsonArray(int rows) => "[ " + string.Join(" ,\n", Enumerable.Range(0, rows).Select(static row =>
        row % 5 == 0 ? row.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{{\"id\":{row},\"list\":[1,[2,\"],\"]],\"text\":\"{new string('é', row % 40)}\"}}"))) + " ]";

    public static string JsonObject(int rows) => "{" + string.Join(',', Enumerable.Range(0, rows).Select(static row =>
        string.Create(CultureInfo.InvariantCulture, $"\"k{row}\":{row}"))) + "}";

    public static byte[] Gzip(byte[] plain)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return target.ToArray();
    }

    public static async Task<byte[]> ParquetAsync(int groups, int rows)
    {
        var column = new DataField<int>("id");
        var text = new DataField<string>("text");
        using var target = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(column, text), target))
        {
            for (int group = 0; group < groups; group++)
            {
                int first = group * rows;
                using ParquetRowGroupWriter written = writer.CreateRowGroup();
                await written.WriteAsync<int>(column, Enumerable.Range(first, rows).ToArray().AsMemory());
                await written.WriteAsync(text, Enumerable.Range(first, rows).Select(static row => Convert.ToHexString(BitConverter.GetBytes(row * 2654435761))).ToArray());
                written.CompleteValidate();
            }
        }

        return target.ToArray();
    }

    /// <summary>Texts with line breaks, quotes, delimiters and characters of one to four bytes.</summary>
    private static string Text(int row) => (row % 6) switch
    {
        0 => "plain",
        1 => "ä, ö",
        2 => "😀\n\"\"x\"\"",
        3 => new string('日', row % 30),
        4 => string.Empty,
        _ => new string('a', row % 90),
    };
}
