using System.Globalization;
using System.IO.Compression;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using StepFlow.Runtime.Documents;

namespace StepFlow.Functions.Storage;

/// <summary>
/// The outcomes of the Express children of Map Runs: a block blob for each page, to which each call of the activity adds a block.
/// A block is compressed, with an outcome on each line. A repeated call adds nothing, because the blob's metadata has the last call.
/// </summary>
internal sealed class MapRunOutcomeBlobs(BlobContainerClient container)
{
    private const string RedriveName = "redrive";
    private const string PartName = "part";
    private const int LastPage = 99_999_999;

    /// <summary>The outcomes of a page.</summary>
    public async Task<PageOutcomes> ReadAsync(string mapRunArn, int page, CancellationToken cancellationToken)
    {
        if (await Blob(mapRunArn, page).FindAsync(cancellationToken) is not { } stored)
        {
            return PageOutcomes.None;
        }

        var outcomes = new Dictionary<int, ChildOutcome>();
        foreach (ChildOutcome outcome in Lines(Gzip.Decompress(stored.Content.ToArray())))
        {
            outcomes[outcome.Index] = outcome;
        }

        return new(new(Number(stored.Details.Metadata, RedriveName), Number(stored.Details.Metadata, PartName)), stored.Details.ETag, outcomes);
    }

    /// <summary>Adds outcomes to a page.</summary>
    /// <param name="before">The outcomes that were read before.</param>
    /// <returns>The outcomes afterwards; null if another process has added outcomes in the meantime.</returns>
    public async Task<PageOutcomes?> TryAddAsync(
        string mapRunArn, int page, PageOutcomes before, RangeCall call, IReadOnlyList<ChildOutcome> outcomes, CancellationToken cancellationToken)
    {
        BlockBlobClient blob = Blob(mapRunArn, page);
        var all = new Dictionary<int, ChildOutcome>(before.Outcomes);
        foreach (ChildOutcome outcome in outcomes)
        {
            all[outcome.Index] = outcome;
        }

        // A random id, so that a block of a repeated call at the same time does not replace this one.
        string block = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
        try
        {
            IEnumerable<string> blocks = before.Version is null
                ? []
                : (await blob.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: cancellationToken)).Value.CommittedBlocks.Select(static known => known.Name);
            using Stream content = Pack(outcomes);
            await blob.StageBlockAsync(block, content, cancellationToken: cancellationToken);
            BlobContentInfo written = await blob.CommitBlockListAsync(
                [.. blocks, block],
                new CommitBlockListOptions
                {
                    Metadata = Metadata(call, all.Values),
                    Conditions = before.Version is { } version ? new() { IfMatch = version } : new() { IfNoneMatch = ETag.All },
                },
                cancellationToken);
            return new(call, written.ETag, all);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return null;
        }
    }

    /// <summary>The pages of a run on which children have ended in a status, from the last on.</summary>
    /// <param name="from">The greatest page.</param>
    public async IAsyncEnumerable<int> PagesBackwardsAsync(
        string mapRunArn, ExecutionStatus? status, int? from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string folder = Folder(mapRunArn);
        await foreach (BlobItem blob in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, folder, cancellationToken))
        {
            int page = LastPage - int.Parse(blob.Name.AsSpan(folder.Length), NumberStyles.None, CultureInfo.InvariantCulture);
            if (page <= (from ?? int.MaxValue) && (status is not { } wanted || Number(blob.Metadata, wanted.ToString()) > 0))
            {
                yield return page;
            }
        }
    }

    /// <summary>The children of a run that run are to stop.</summary>
    public Task StopAsync(string instanceId, string mapRunArn, CancellationToken cancellationToken) =>
        Stop(instanceId, mapRunArn).UploadAsync(BinaryData.FromString(string.Empty), overwrite: true, cancellationToken);

    /// <summary>Whether the children of a run that run are to stop.</summary>
    public async Task<bool> IsStoppedAsync(string instanceId, string mapRunArn, CancellationToken cancellationToken) =>
        await Stop(instanceId, mapRunArn).ExistsAsync(cancellationToken);

    private static IEnumerable<ChildOutcome> Lines(byte[] utf8)
    {
        for (int from = 0; from < utf8.Length;)
        {
            int length = utf8.AsSpan(from).IndexOf((byte)'\n');
            yield return ChildOutcome.Read((JsonObject)JsonValue.Parse(utf8.AsSpan(from, length)));
            from += length + 1;
        }
    }

    private static MemoryStream Pack(IReadOnlyList<ChildOutcome> outcomes)
    {
        using var lines = new MemoryStream();
        foreach (ChildOutcome outcome in outcomes)
        {
            lines.Write(outcome.ToJson().ToUtf8());
            lines.Write("\n"u8);
        }

        return new(Gzip.Compress(lines.GetBuffer().AsSpan(0, (int)lines.Length), CompressionLevel.Fastest));
    }

    private static Dictionary<string, string> Metadata(RangeCall call, IEnumerable<ChildOutcome> outcomes)
    {
        var metadata = new Dictionary<string, string>
        {
            [RedriveName] = call.Redrive.ToString(CultureInfo.InvariantCulture),
            [PartName] = call.Part.ToString(CultureInfo.InvariantCulture),
        };
        foreach (IGrouping<ExecutionStatus, ChildOutcome> status in outcomes.GroupBy(static outcome => outcome.Result.Status))
        {
            metadata[status.Key.ToString()] = status.Count().ToString(CultureInfo.InvariantCulture);
        }

        return metadata;
    }

    private static int Number(IDictionary<string, string> metadata, string name) =>
        metadata.FirstOrDefault(member => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)).Value is { } text
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;

    private static string Folder(string mapRunArn) => mapRunArn + "/outcomes/";

    // Listings are in the order of names, so the last page has the first name.
    private BlockBlobClient Blob(string mapRunArn, int page) =>
        container.GetBlockBlobClient(string.Create(CultureInfo.InvariantCulture, $"{Folder(mapRunArn)}{LastPage - page:D8}"));

    private BlobClient Stop(string instanceId, string mapRunArn) => container.GetBlobClient($"{mapRunArn}/stop/{instanceId}");
}
