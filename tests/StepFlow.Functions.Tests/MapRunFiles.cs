using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests;

/// <summary>A container with a CSV file that a distributed Map reads, and the result files that it writes.</summary>
internal sealed class MapRunFiles
{
    private readonly BlobContainerClient _container;

    private MapRunFiles(BlobContainerClient container) => _container = container;

    /// <summary>Writes the file: the rows <c>0</c>, <c>1</c>, … of a column <c>id</c>.</summary>
    public static async Task<MapRunFiles> CreateAsync(string connectionString, int rows, CancellationToken cancellationToken)
    {
        var container = new BlobContainerClient(connectionString, AzuriteFixture.UniqueName() + "items");
        await container.CreateAsync(cancellationToken: cancellationToken);
        string text = string.Join('\n', (string[])["id", .. Enumerable.Range(0, rows).Select(static row => row.ToString(CultureInfo.InvariantCulture))]);
        await container.GetBlobClient("items.csv").UploadAsync(BinaryData.FromString(text), cancellationToken);
        return new(container);
    }

    /// <summary>The fields of a Map over the file's rows, whose results go to the same container.</summary>
    public string Fields => $$$"""
        "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW"},"Parameters":{"Bucket":"{{{_container.Name}}}","Key":"items.csv"}},
        "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"{{{_container.Name}}}","Prefix":"out"},"WriterConfig":{"OutputType":"JSON","Transformation":"NONE"}}
        """;

    /// <summary>The rows whose children are in the result files of a group, in their order.</summary>
    /// <param name="group"><c>SUCCEEDED</c>, <c>FAILED</c> or <c>PENDING</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
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
}
