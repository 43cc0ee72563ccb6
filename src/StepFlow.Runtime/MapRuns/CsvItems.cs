using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// Rows of a CSV file as objects of texts. Missing fields are empty texts, and fields without a header are
/// ignored. Quotes follow RFC 4180. Empty lines are ignored.
/// </summary>
/// <param name="config">The headers and the delimiter.</param>
/// <param name="source">Where the file is.</param>
/// <param name="items">Takes the items. A reading can begin with every row.</param>
internal sealed class CsvItems(ReaderConfig config, string source, ItemSink items)
{
    private readonly CsvConfiguration _configuration = new(CultureInfo.InvariantCulture)
    {
        Delimiter = config.Delimiter.ToString(),
        HasHeaderRecord = false,
        DetectColumnCountChanges = false,
        BadDataFound = null,
        MaxFieldSize = ItemSink.MaxBytesOfOne,
    };

    private IReadOnlyList<string>? _headers;

    /// <summary>Whether the headers are in a part of the file that the reading leaves out.</summary>
    public bool NeedsHeaders => !config.HeadersGiven && items.Record.Offset > 0;

    /// <summary>Reads the headers.</summary>
    /// <param name="content">The file from its beginning.</param>
    public Task ReadHeadersAsync(Stream content, CancellationToken cancellationToken) =>
        ParseAsync(content, 0, async (csv, _) => _headers = await csv.ReadAsync() ? Checked(csv.Record ?? []) : []);

    /// <summary>Reads the rows.</summary>
    /// <param name="content">The file from the sink's record on.</param>
    /// <exception cref="ItemReaderException">It is not CSV.</exception>
    public Task ReadAsync(Stream content, CancellationToken cancellationToken) => ParseAsync(content, items.Record.Offset, async (csv, text) =>
    {
        IReadOnlyList<string>? headers = config.HeadersGiven ? Checked(config.Headers) : _headers;
        while (!items.IsFull)
        {
            long? start = text.OffsetOf(csv.CharCount);
            if (!await csv.ReadAsync())
            {
                return;
            }

            cancellationToken.ThrowIfCancellationRequested();
            string[] fields = csv.Record ?? [];
            if (headers is null)
            {
                headers = _headers = Checked(fields);
                continue;
            }

            if (start is { } offset)
            {
                items.Begin(new RecordStart(offset));
            }

            items.Add(null, ToObject(headers, fields), source, fields.Sum(static field => (long)field.Length));
            await items.FlushAsync(cancellationToken);
        }
    });

    private async Task ParseAsync(Stream content, long offset, Func<CsvParser, Utf8Text, Task> parse)
    {
        using var text = new Utf8Text(content, offset);
        using var csv = new CsvParser(text, _configuration, leaveOpen: true);
        try
        {
            await parse(csv, text);
        }
        catch (CsvHelperException exception)
        {
            throw new ItemReaderException(MapRunErrors.Malformed("CSV", exception.Message));
        }
    }

    private static JsonObject ToObject(IReadOnlyList<string> headers, string[] fields)
    {
        var row = new JsonObjectBuilder(headers.Count);
        for (int i = 0; i < headers.Count; i++)
        {
            row.Set(headers[i], i < fields.Length ? fields[i] : string.Empty);
        }

        // The service holds a row in a hash map; results that are lists are compared as text.
        return row.BuildInHashMapOrder();
    }

    private static IReadOnlyList<string> Checked(IReadOnlyList<string> headers) =>
        headers.Distinct(StringComparer.Ordinal).Count() == headers.Count
            ? headers
            : throw new ItemReaderException(MapRunErrors.DuplicateCsvHeaders);
}
