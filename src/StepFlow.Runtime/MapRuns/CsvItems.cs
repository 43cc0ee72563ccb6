using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using StepFlow.Language.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// Rows of a CSV file as objects of texts. A row that is too short has empty texts, what it has beyond the headers is
/// left out; quotes are those of RFC 4180; empty lines are no rows.
/// </summary>
internal static class CsvItems
{
    public static async Task ReadAsync(Stream content, ReaderConfig config, string source, ItemSink items, CancellationToken cancellationToken)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = config.Delimiter.ToString(),
            HasHeaderRecord = false,
            DetectColumnCountChanges = false,
            BadDataFound = null,
            MaxFieldSize = ItemSink.MaxBytesOfOne,
        };
        using var reader = new StreamReader(content, Encoding.UTF8, leaveOpen: true);
        using var csv = new CsvParser(reader, configuration);
        IReadOnlyList<string>? headers = config.HeadersGiven ? Checked(config.Headers) : null;
        try
        {
            while (!items.IsFull && await csv.ReadAsync())
            {
                cancellationToken.ThrowIfCancellationRequested();
                string[] fields = csv.Record ?? [];
                if (headers is null)
                {
                    headers = Checked(fields);
                    continue;
                }

                items.Add(null, ToObject(headers, fields), source, fields.Sum(static field => (long)field.Length));
                await items.FlushAsync(cancellationToken);
            }
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
