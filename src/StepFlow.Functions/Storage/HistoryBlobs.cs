using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using StepFlow.Execution.History;

namespace StepFlow.Functions.Storage;

/// <summary>
/// Histories as append blobs, one for each execution. A chunk can be stored late or twice, because activities run in parallel
/// and at least once. Each chunk has its number, and reading sorts the chunks and takes each event once.
/// </summary>
internal sealed class HistoryBlobs(BlobContainerClient container)
{
    /// <summary>A block of an append blob holds 4 MiB in every version of the service.</summary>
    private const int BlockBytes = 4 * 1024 * 1024;

    /// <summary>Adds chunks to an execution's history.</summary>
    /// <param name="isNew">Whether the execution probably has no history yet. This saves a request that would fail.</param>
    public async Task AppendAsync(string executionArn, IReadOnlyList<HistoryChunk> chunks, bool isNew, CancellationToken cancellationToken)
    {
        AppendBlobClient blob = container.GetAppendBlobClient(executionArn);
        if (isNew)
        {
            await blob.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }

        foreach (byte[] block in HistoryFrames.Write(chunks, BlockBytes))
        {
            await AppendAsync(blob, block, cancellationToken);
        }
    }

    /// <summary>Stores all history of an execution that has ended, in one request if nothing is stored yet.</summary>
    public async Task WriteAllAsync(string executionArn, IReadOnlyList<HistoryChunk> chunks, CancellationToken cancellationToken)
    {
        if (await container.GetBlobClient(executionArn).TryCreateAsync(HistoryFrames.Write(chunks), cancellationToken) is null)
        {
            // A call of a task whose result was lost has stored a part of it. Storing it again is harmless.
            await AppendAsync(executionArn, chunks, isNew: false, cancellationToken);
        }
    }

    /// <summary>The stored history, in order, up to the first event that is missing.</summary>
    /// <param name="others">Chunks that are known to belong to it, stored or not.</param>
    public async Task<IReadOnlyList<HistoryEvent>> ReadAsync(string executionArn, IReadOnlyList<HistoryChunk> others, CancellationToken cancellationToken)
    {
        BinaryData? stored = (await container.GetBlobClient(executionArn).FindAsync(cancellationToken))?.Content;
        byte[] more = HistoryFrames.Write(others);
        return HistoryFrames.Read(stored is null ? more : more.Length == 0 ? stored.ToMemory().Span : [.. stored.ToMemory().Span, .. more]);
    }

    /// <inheritdoc cref="ReadAsync(string, IReadOnlyList{HistoryChunk}, CancellationToken)"/>
    public Task<IReadOnlyList<HistoryEvent>> ReadAsync(string executionArn, CancellationToken cancellationToken) => ReadAsync(executionArn, [], cancellationToken);

    /// <summary>The stored history from a position on, in order, up to the first event that is missing.</summary>
    /// <returns>The events, and the position from which the next ones are read.</returns>
    public async Task<(IReadOnlyList<HistoryEvent> Events, HistoryPosition Next)> ReadAsync(string executionArn, HistoryPosition from, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = from.Offset == 0 ? default : new HttpRange(from.Offset) };
            BlobDownloadResult content = await container.GetBlobClient(executionArn).DownloadContentAsync(options, cancellationToken);
            return HistoryFrames.Read(content.Content.ToMemory().Span, from);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 416)
        {
            // Nothing is stored from there on.
            return ([], from);
        }
    }

    public Task DeleteAsync(string executionArn, CancellationToken cancellationToken) =>
        container.DeleteBlobIfExistsAsync(executionArn, DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);

    private static async Task AppendAsync(AppendBlobClient blob, byte[] block, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(block, writable: false);
        try
        {
            await blob.AppendBlockAsync(stream, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            await blob.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            stream.Position = 0;
            await blob.AppendBlockAsync(stream, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.InvalidBlobType)
        {
            // All of it was written at the end of the execution, and this is late.
        }
    }
}
