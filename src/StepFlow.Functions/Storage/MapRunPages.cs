using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using StepFlow.Runtime.Documents;
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
        await Page(mapRunArn, page).UploadAsync(
            BinaryData.FromBytes(Gzip.Compress(content.ToUtf8(), CompressionLevel.Fastest)), overwrite: true, cancellationToken);
    }

    /// <summary>The children of a page.</summary>
    public async Task<IReadOnlyList<MapRunEntry>> ReadAsync(MapRunNames names, int page, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(names.Arn, page, cancellationToken)).Select((child, at) => names.Entry(FirstOf(page) + at, child.Input, child.Items, child.Context))];

    /// <summary>The children of a page: their inputs, the number of items, and the <c>Map</c> member of their context object.</summary>
    public async Task<IReadOnlyList<(JsonValue Input, int Items, JsonObject? Context)>> ReadAsync(string mapRunArn, int page, CancellationToken cancellationToken)
    {
        BlobDownloadResult stored = await Page(mapRunArn, page).DownloadContentAsync(cancellationToken);
        var content = (JsonArray)JsonValue.Parse(Gzip.Decompress(stored.Content.ToArray()));
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
    public async Task<ChildrenRead> StoreAsync(string mapRunArn, int page, ChildrenRead read, CancellationToken cancellationToken) =>
        await Reading(mapRunArn, page).TryCreateAsync(JsonSerializer.SerializeToUtf8Bytes(read), cancellationToken) is null
            ? (await FindAsync(mapRunArn, page, cancellationToken))!
            : read;

    /// <summary>The result of the reading that began with a page; null if there is none.</summary>
    public async Task<ChildrenRead?> FindAsync(string mapRunArn, int page, CancellationToken cancellationToken) =>
        await Reading(mapRunArn, page).FindAsync(cancellationToken) is { } stored ? JsonSerializer.Deserialize<ChildrenRead>(stored.Content) : null;

    /// <summary>Removes everything of a run: its pages, and how its children ended.</summary>
    public Task DeleteAsync(string mapRunArn, CancellationToken cancellationToken) => container.DeleteAllAsync(mapRunArn + "/", cancellationToken);

    private BlobClient Page(string mapRunArn, int page) =>
        container.GetBlobClient(string.Create(CultureInfo.InvariantCulture, $"{mapRunArn}/pages/{page:D8}"));

    private BlobClient Reading(string mapRunArn, int page) =>
        container.GetBlobClient(string.Create(CultureInfo.InvariantCulture, $"{mapRunArn}/readings/{page:D8}"));
}
