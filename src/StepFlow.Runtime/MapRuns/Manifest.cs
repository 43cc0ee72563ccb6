using System.Text;

namespace StepFlow.Runtime.MapRuns;

/// <summary>The files that a manifest names.</summary>
/// <param name="Columns">The columns of their rows, where the manifest has a schema; else null.</param>
/// <param name="Type">The type of the files, where it is given; else null.</param>
internal sealed record Manifest(IReadOnlyList<ObjectAddress> Files, IReadOnlyList<string>? Columns, string? Type)
{
    /// <summary>The type of a file: the given one, or that of its name.</summary>
    public string FileType(ObjectAddress file) => Type ?? (file.Key.Replace(".gz", string.Empty, StringComparison.OrdinalIgnoreCase) switch
    {
        var key when key.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) => "CSV",
        var key when key.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) => "PARQUET",
        _ => "JSONL",
    });

    /// <summary>Reads the manifest of an S3 inventory: JSON with <c>fileSchema</c> and <c>files</c>.</summary>
    /// <exception cref="ItemReaderException">The bytes are not an inventory manifest.</exception>
    public static Manifest FromInventory(ReadOnlySpan<byte> bytes, string bucket)
    {
        JsonValue parsed;
        try
        {
            parsed = JsonValue.Parse(bytes);
        }
        catch (JsonFormatException exception)
        {
            throw new ItemReaderException(MapRunErrors.Malformed("MANIFEST", exception.Message));
        }

        if (parsed is not JsonObject manifest || manifest["files"] is not JsonArray files || manifest["fileSchema"] is not JsonString schema)
        {
            throw new ItemReaderException(MapRunErrors.Malformed("MANIFEST", "fileSchema and files are missing."));
        }

        if (manifest.Text("fileFormat") is { } format and not "CSV")
        {
            throw new ItemReaderException(MapRunErrors.Unsupported($"{format} inventories; use CSV"));
        }

        string source = manifest.Text("destinationBucket")?.Split(":::")[^1] ?? bucket;
        return new Manifest(
            [.. files.OfType<JsonObject>().Select(file => file["key"]).OfType<JsonString>().Select(key => new ObjectAddress(source, key.Value))],
            [.. schema.Value.Split(',').Select(column => column.Trim())],
            "CSV");
    }

    /// <summary>Reads the manifest of an Athena query: an <c>s3://</c> address a line.</summary>
    /// <exception cref="ItemReaderException">The bytes are not an Athena manifest.</exception>
    public static Manifest FromAthena(ReadOnlySpan<byte> bytes, string? type)
    {
        var files = new List<ObjectAddress>();
        foreach (string line in Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(line, UriKind.Absolute, out Uri? address) || address.Scheme != "s3")
            {
                throw new ItemReaderException(MapRunErrors.Malformed("MANIFEST", $"'{line}' is not an s3:// address."));
            }

            files.Add(new(address.Host, Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'))));
        }

        return new Manifest(files, null, type);
    }
}
