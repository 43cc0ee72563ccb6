using System.Globalization;

namespace StepFlow.Runtime.MapRuns;

/// <summary>The <c>ReaderConfig</c> of an ItemReader, its paths evaluated.</summary>
internal sealed record ReaderConfig
{
    public string? InputType { get; init; }

    public string? Transformation { get; init; }

    public string? ManifestType { get; init; }

    public string? ItemsPointer { get; init; }

    public long? MaxItems { get; init; }

    public bool HeadersGiven { get; init; }

    public IReadOnlyList<string> Headers { get; init; } = [];

    public char Delimiter { get; init; } = ',';

    /// <summary>Reads the evaluated configuration. <c>MaxItems</c> of 0 means all; a text that is a number counts as one.</summary>
    public static ReaderConfig From(JsonValue? value)
    {
        if (value is not JsonObject config)
        {
            return new();
        }

        return new()
        {
            InputType = config.Text("InputType"),
            Transformation = config.Text("Transformation"),
            ManifestType = config.Text("ManifestType"),
            ItemsPointer = config.Text("ItemsPointer"),
            MaxItems = Number(config["MaxItems"] ?? config["MaxItemsPath"]) is { } count and > 0 ? count : null,
            HeadersGiven = config.Text("CSVHeaderLocation") == "GIVEN",
            Headers = config["CSVHeaders"] is JsonArray headers ? [.. headers.Select(header => (header as JsonString)?.Value ?? header.ToString())] : [],
            Delimiter = config.Text("CSVDelimiter") switch
            {
                "PIPE" => '|',
                "SEMICOLON" => ';',
                "SPACE" => ' ',
                "TAB" => '\t',
                _ => ',',
            },
        };
    }

    private static long? Number(JsonValue? value) => value switch
    {
        JsonNumber number when number.TryGetInt64(out long integer) => integer,
        JsonString text when long.TryParse(text.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out long integer) => integer,
        _ => null,
    };
}
