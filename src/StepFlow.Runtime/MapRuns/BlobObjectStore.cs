using System.IO.Pipelines;
using StepFlow.Integrations.Blobs;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Buckets as the containers of the configured storage account.</summary>
/// <param name="blobs">The account, as workflows reach it.</param>
/// <param name="options">How much may be read.</param>
public sealed class BlobObjectStore(WorkflowBlobs blobs, BlobOptions options) : IObjectStore
{
    /// <summary>So many bytes of an object that is written piece by piece wait to be sent.</summary>
    private const int PieceBytes = 4 * 1024 * 1024;

    public long MaxItemBytes => options.MaxItemBytes;

    public async Task ReadAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        BlobResult<BlobContent> response = await blobs.OpenAsync(address.Bucket, address.Key, new BlobSlice(slice.First, slice.Length, slice.Version, address.VersionId), cancellationToken);
        if (!response.IsSuccess)
        {
            throw Refused("read", address, response.Failure);
        }

        await using BlobContent content = response.Value;
        await read(new(content.Stream, content.Properties.ETag, content.WholeLength), cancellationToken);
    }

    public async Task<ObjectPage> ListAsync(string bucket, string prefix, string? page, CancellationToken cancellationToken)
    {
        BlobResult<BlobPage> listed = await blobs.ListAsync(bucket, new() { Prefix = prefix, After = page }, cancellationToken);
        return listed.IsSuccess
            ? new([.. listed.Value.Blobs.Select(static blob => new ObjectSummary(blob.Name, blob.Length, $"\"{blob.ETag}\"", blob.LastModified))], listed.Value.Next)
            : throw Refused("listed", new(bucket, prefix), listed.Failure);
    }

    public async Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        await PutAsync(address, stream, cancellationToken);
    }

    public async Task WriteAsync(ObjectAddress address, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: PieceBytes, resumeWriterThreshold: PieceBytes / 2, useSynchronizationContext: false));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task writing = FillAsync(pipe.Writer, write, stop.Token);
        try
        {
            await PutAsync(address, pipe.Reader.AsStream(), cancellationToken);
        }
        catch (Exception failure)
        {
            // The upload is not completed. The reason why the content could not be made is a better message than an incomplete upload.
            await stop.CancelAsync();
            await pipe.Reader.CompleteAsync(failure);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (writing.Exception?.InnerException is { } first and not OperationCanceledException)
            {
                throw first;
            }

            throw;
        }

        await writing;
    }

    private static async Task FillAsync(PipeWriter writer, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await write(writer.AsStream(leaveOpen: true), cancellationToken);
        }
        catch (Exception failure)
        {
            // The reader fails with it: half a file is never stored as a whole one.
            await writer.CompleteAsync(failure);
            throw;
        }

        await writer.CompleteAsync();
    }

    private async Task PutAsync(ObjectAddress address, Stream content, CancellationToken cancellationToken)
    {
        BlobResult<BlobProperties> response = await blobs.PutAsync(
            address.Bucket, address.Key, content, new() { ContentType = "application/json" }, cancellationToken);
        if (!response.IsSuccess)
        {
            throw Refused("written", address, response.Failure);
        }
    }

    private static ObjectStoreException Refused(string what, ObjectAddress address, BlobFailure failure) => new(failure switch
    {
        BlobFailure.NoSuchBlob => MapRunErrors.NoSuchKey(address),
        BlobFailure.NoSuchVersion => MapRunErrors.NoSuchVersion(address),
        BlobFailure.NoSuchContainer => MapRunErrors.NoSuchBucket(address.Bucket),
        BlobFailure.PreconditionFailed => MapRunErrors.Changed(address),
        BlobFailure.NotConfigured => MapRunErrors.NoObjectStore,
        BlobFailure.NotAllowed => BlobErrors.NotAllowed(address.Bucket),
        BlobFailure.InvalidContainerName => BlobErrors.NoContainerName(address.Bucket),
        BlobFailure.InvalidName => BlobErrors.NoName(address.Key),
        BlobFailure.AccessDenied => MapRunErrors.AccessDenied(address, what),
        _ => $"The object '{address.Bucket}/{address.Key}' could not be {what}: {failure}.",
    });
}
