using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// Rows of a CSV file as objects of texts. A row that is too short has empty texts, what it has beyond the headers is
/// left out; quotes are those of RFC 4180; empty lines are no rows.
/// </summary>
internal static class CsvItems
{
    public static Outcome<IReadOnlyList<JsonValue>> Read(ReadOnlyMemory<byte> bytes, ReaderConfig config, long most)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = config.Delimiter.ToString(),
            HasHeaderRecord = false,
            DetectColumnCountChanges = false,
            BadDataFound = null,
        };
        using var reader = new StreamReader(new MemoryStream(bytes.ToArray(), writable: false), Encoding.UTF8);
        using var csv = new CsvParser(reader, configuration);
        IReadOnlyList<string>? headers = config.HeadersGiven ? config.Headers : null;
        var rows = new List<JsonValue>();
        try
        {
            while (rows.Count < most && csv.Read())
            {
                string[] fields = csv.Record ?? [];
                if (headers is null)
                {
                    headers = fields;
                    continue;
                }

                if (rows.Count == 0 && HasDuplicates(headers))
                {
                    return MapRunErrors.ReaderFailed(MapRunErrors.DuplicateCsvHeaders);
                }

                rows.Add(ToObject(headers, fields));
            }
        }
        catch (CsvHelperException exception)
        {
            return MapRunErrors.ReaderFailed(MapRunErrors.Malformed("CSV", exception.Message));
        }

        return headers is not null && HasDuplicates(headers)
            ? MapRunErrors.ReaderFailed(MapRunErrors.DuplicateCsvHeaders)
            : rows;
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

    private static bool HasDuplicates(IReadOnlyList<string> headers) =>
        headers.Distinct(StringComparer.Ordinal).Count() != headers.Count;
}
