using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using StepFlow.Functions.Messages;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Storage;

/// <summary>
/// The inputs of the children of Map Runs, in pages of one blob each: an array of <c>[input, items, context]</c>. The page of a child
/// follows from its index. A page has <see cref="PageSize"/> indexes, of which the last ones can be unused.
/// </summary>
internal sealed class MapRunPages(BlobContainerClient container)
{
    /// <summary>The number of indexes of a page.</summary>
    public const int PageSize = 500;

    private const string RunName = "/run";

    public static int PageOf(int index) => index / PageSize;

    /// <summary>The first index of a page.</summary>
    public static int FirstOf(int page) => page * PageSize;

    /// <summary>Keeps a page. The same again changes nothing.</summary>
    /// <param name="children">Its children, at most <see cref="PageSize"/>.</param>
    public async Task WriteAsync(string mapRunArn, int page, IEnumerable<MapRunEntry> children, CancellationToken cancellationToken)
    {
        JsonArray content = JsonArray.From(children.Select(
            static child => (JsonValue)JsonArray.Create(child.Input, child.Items, child.Context ?? (JsonValue)JsonValue.Null)));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content.ToUtf8());
        }

        packed.Position = 0;
        await Page(mapRunArn, page).UploadAsync(packed, overwrite: true, cancellationToken);
    }

    /// <summary>The children of a page.</summary>
    public async Task<IReadOnlyList<MapRunEntry>> ReadAsync(MapRunNames names, int page, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(names.Arn, page, cancellationToken)).Select((child, at) => names.Entry(FirstOf(page) + at, child.Input, child.Items, child.Context))];

    /// <summary>The children of a page: their inputs, the number of items, and the <c>Map</c> member of their context object.</summary>
    public async Task<IReadOnlyList<(JsonValue Input, int Items, JsonObject? Context)>> ReadAsync(string mapRunArn, int page, CancellationToken cancellationToken)
    {
        BlobDownloadResult stored = await Page(mapRunArn, page).DownloadContentAsync(cancellationToken);
        var content = (JsonArray)JsonValue.Parse(PayloadCodec.Decompress(stored.Content.ToArray()));
        return [.. content.Cast<JsonArray>().Select(static child => (child[0], ((JsonNumber)child[1]).TryGetInt64(out long items) ? (int)items : 0, child[2] as JsonObject))];
    }

    /// <summary>Stores the data that all children of a run have in common: the role and the definition.</summary>
    public Task WriteRunAsync(MapRunNames names, string roleArn, CancellationToken cancellationToken) => container.GetBlobClient(names.Arn + RunName).UploadAsync(
        BinaryData.FromBytes(JsonObject.Create(("role", roleArn), ("definition", names.ChildDefinition())).ToUtf8()), overwrite: true, cancellationToken);

    /// <summary>The data that all children of a run have in common.</summary>
    public async Task<(string RoleArn, string Definition)> ReadRunAsync(string mapRunArn, CancellationToken cancellationToken)
    {
        BlobDownloadResult stored = await container.GetBlobClient(mapRunArn + RunName).DownloadContentAsync(cancellationToken);
        var run = (JsonObject)JsonValue.Parse(stored.Content.ToArray());
        return (run.RequiredText("role"), run.RequiredText("definition"));
    }

    /// <summary>Stores the result of a reading, unless it is stored already. A repetition and a redrive give the same children.</summary>
    /// <returns>The stored result.</returns>
    public async Task<ChildrenRead> StoreAsync(string mapRunArn, int page, ChildrenRead read, CancellationToken cancellationToken)
    {
        try
        {
            await Reading(mapRunArn, page).UploadAsync(
                BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(read)),
                new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } },
                cancellationToken);
            return read;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return (await FindAsync(mapRunArn, page, cancellationToken))!;
        }
    }

    /// <summary>The result of the reading that began with a page; null if there is none.</summary>
    public async Task<ChildrenRead?> FindAsync(string mapRunArn, int page, CancellationToken cancellationToken)
    {
        try
        {
            BlobDownloadResult stored = await Reading(mapRunArn, page).DownloadContentAsync(cancellationToken);
            return JsonSerializer.Deserialize<ChildrenRead>(stored.Content);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Removes everything of a run: its pages, and how its children ended.</summary>
    public async Task DeleteAsync(string mapRunArn, CancellationToken cancellationToken)
    {
        await foreach (BlobItem blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, mapRunArn + "/", cancellationToken))
        {
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
        }
    }

    private BlobClient Page(string mapRunArn, int page) =>
        container.GetBlobClient(string.Create(CultureInfo.InvariantCulture, $"{mapRunArn}/pages/{page:D8}"));

    private BlobClient Reading(string mapRunArn, int page) =>
        container.GetBlobClient(string.Create(CultureInfo.InvariantCulture, $"{mapRunArn}/readings/{page:D8}"));
}
