using System.Buffers.Binary;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using StepFlow.Execution.History;
using StepFlow.Functions.Activities;
using StepFlow.Functions.Orchestration;

namespace StepFlow.Functions.Storage;

/// <summary>
/// Histories as append blobs, one for each execution. A chunk may arrive late or twice, since activities run beside each
/// other and at least once: each is framed with its place, and reading puts them in order and takes each event once.
/// </summary>
internal sealed class HistoryBlobs(BlobContainerClient container)
{
    /// <summary>First event id (8 bytes), part, parts, length (4 bytes each), big-endian.</summary>
    private const int FrameBytes = 20;

    /// <summary>Adds a chunk to an execution's history.</summary>
    public async Task AppendAsync(string executionKey, HistoryChunk chunk, CancellationToken cancellationToken)
    {
        var framed = new byte[FrameBytes + chunk.Content.Length];
        BinaryPrimitives.WriteInt64BigEndian(framed, chunk.FirstEventId);
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(8), chunk.Part);
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(12), chunk.Parts);
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(16), chunk.Content.Length);
        chunk.Content.CopyTo(framed, FrameBytes);
        AppendBlobClient blob = container.GetAppendBlobClient(executionKey);
        using var stream = new MemoryStream(framed, writable: false);
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
    }

    /// <summary>The history that is stored so far, in order: up to the first event that is still on its way.</summary>
    public async Task<IReadOnlyList<HistoryEvent>> ReadAsync(string executionKey, CancellationToken cancellationToken)
    {
        byte[] content;
        try
        {
            content = (await container.GetBlobClient(executionKey).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return [];
        }

        var runs = new SortedDictionary<long, byte[]?[]>();
        for (ReadOnlySpan<byte> rest = content; rest.Length >= FrameBytes;)
        {
            long first = BinaryPrimitives.ReadInt64BigEndian(rest);
            int part = BinaryPrimitives.ReadInt32BigEndian(rest[8..]);
            int parts = BinaryPrimitives.ReadInt32BigEndian(rest[12..]);
            int length = BinaryPrimitives.ReadInt32BigEndian(rest[16..]);
            if (!runs.TryGetValue(first, out byte[]?[]? run))
            {
                runs[first] = run = new byte[parts][];
            }

            run[part] = rest.Slice(FrameBytes, length).ToArray();
            rest = rest[(FrameBytes + length)..];
        }

        var events = new List<HistoryEvent>();
        foreach (byte[]?[] run in runs.Values)
        {
            if (run.Contains(null))
            {
                break;
            }

            foreach (HistoryEvent next in HistoryText.Read(PayloadCodec.Decompress([.. run.SelectMany(part => part!)])))
            {
                if (next.Id > events.Count + 1)
                {
                    return events;
                }

                if (next.Id == events.Count + 1)
                {
                    events.Add(next);
                }
            }
        }

        return events;
    }

    /// <summary>Removes an execution's history.</summary>
    public Task DeleteAsync(string executionKey, CancellationToken cancellationToken) =>
        container.DeleteBlobIfExistsAsync(executionKey, DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
}
