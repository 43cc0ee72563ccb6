using System.Globalization;
using System.IO.Compression;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests;

/// <summary>A container with a CSV file that a distributed Map reads, and the result files that it writes.</summary>
internal sealed class MapRunFiles
{
    private readonly BlobContainerClient _container;
    private readonly Dictionary<string, byte[]> _files = [];

    private MapRunFiles(BlobContainerClient container) => _container = container;

    /// <summary>Writes the file: the rows <c>0</c>, <c>1</c>, … of a column <c>id</c>; and the same, compressed.</summary>
    public static async Task<MapRunFiles> CreateAsync(string connectionString, int rows, CancellationToken cancellationToken)
    {
        var container = new BlobContainerClient(connectionString, AzuriteFixture.UniqueName() + "items");
        await container.CreateAsync(cancellationToken: cancellationToken);
        string text = string.Join('\n', (string[])["id", .. Enumerable.Range(0, rows).Select(static row => row.ToString(CultureInfo.InvariantCulture))]);
        var files = new MapRunFiles(container);
        files._files["items.csv"] = Encoding.UTF8.GetBytes(text);
        files._files["items.csv.gz"] = Gzip(files._files["items.csv"]);
        foreach ((string name, byte[] content) in files._files)
        {
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), cancellationToken);
        }

        return files;
    }

    /// <summary>The fields of a Map over the file's rows, whose results go to the same container.</summary>
    public string Fields => FieldsOf("items.csv");

    /// <summary>How many bytes a file has.</summary>
    public long Length(string file) => _files[file].Length;

    /// <summary>The fields of a Map over the rows of one of the files.</summary>
    public string FieldsOf(string file) => $$$"""
        "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW"},"Parameters":{"Bucket":"{{{_container.Name}}}","Key":"{{{file}}}"}},
        "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"{{{_container.Name}}}","Prefix":"out"},"WriterConfig":{"OutputType":"JSON","Transformation":"NONE"}}
        """;

    /// <summary>The rows whose children are in the result files of a group, in their order.</summary>
    /// <param name="group"><c>SUCCEEDED</c>, <c>FAILED</c> or <c>PENDING</c>.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<IReadOnlyList<int>> RowsAsync(string group, CancellationToken cancellationToken)
    {
        var rows = new List<int>();
        await foreach (BlobItem blob in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, "out/", cancellationToken))
        {
            if (blob.Name.Contains($"/{group}_", StringComparison.Ordinal))
            {
                BlobDownloadResult file = await _container.GetBlobClient(blob.Name).DownloadContentAsync(cancellationToken);
                rows.AddRange(((JsonArray)JsonValue.Parse(file.Content.ToArray())).Cast<JsonObject>().Select(static result =>
                    int.Parse(((JsonString)((JsonObject)JsonValue.Parse(((JsonString)result["Input"]!).Value))["id"]!).Value, CultureInfo.InvariantCulture)));
            }
        }

        return rows;
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }
}
