using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Functions;
using StepFlow.VideoPipeline.Media;

namespace StepFlow.VideoPipeline.Handlers;

/// <summary>
/// Downloads uploads and stores results. A stored result has the idempotency key of the call that made it and the call's
/// result as metadata, so a repeated call returns immediately.
/// </summary>
internal sealed class VideoStore(IBlobStore blobs, IOptions<VideoPipelineOptions> options)
{
    private const string KeyName = "stepflowkey";
    private const string ResultName = "stepflowanswer";

    private readonly string _output = options.Value.OutputContainer;
    private readonly long _maxInputBytes = options.Value.MaxInputBytes;

    /// <summary>The container of results.</summary>
    public string OutputContainer => _output;

    /// <summary>Fetches the very version of an upload that the execution is for.</summary>
    public async Task<Attempt<BlobProperties>> DownloadAsync(SourceRequest source, string file, CancellationToken cancellationToken)
    {
        BlobResult<BlobContent> found = await blobs.OpenAsync(source.Container, source.Blob, cancellationToken);
        if (!found.IsSuccess)
        {
            return VideoErrors.Fail(VideoErrors.SourceMissing, $"The blob '{source.Container}/{source.Blob}' cannot be read: {found.Failure}.");
        }

        await using BlobContent content = found.Value;
        if (content.Properties.ETag != source.ETag)
        {
            return VideoErrors.Fail(VideoErrors.SourceReplaced, $"The blob '{source.Container}/{source.Blob}' was replaced since the execution started.");
        }

        if (content.Properties.Length > _maxInputBytes)
        {
            return VideoErrors.Fail(VideoErrors.TooLarge, $"The file has {content.Properties.Length} bytes; the setting 'StepFlow:Video:MaxInputBytes' allows {_maxInputBytes}.");
        }

        await using FileStream target = File.Create(file);
        await content.Stream.CopyToAsync(target, cancellationToken);
        return content.Properties;
    }

    /// <summary>The result that an earlier run of the same call stored; null if there is none.</summary>
    public async Task<JsonValue?> FindResultAsync(string name, string idempotencyKey, CancellationToken cancellationToken)
    {
        BlobResult<BlobProperties> found = await blobs.FindAsync(_output, name, cancellationToken);
        return found.IsSuccess
            && found.Value.Metadata is { } metadata
            && metadata.TryGetValue(KeyName, out string? key) && key == Digest(idempotencyKey)
            && metadata.TryGetValue(ResultName, out string? summary)
            ? JsonValue.ParseOrNull(Encoding.UTF8.GetString(Convert.FromBase64String(summary)))
            : null;
    }

    /// <summary>Keeps a result: readers see all of it or nothing.</summary>
    /// <param name="name">The result's name.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="idempotencyKey">The call that made it.</param>
    /// <param name="summary">The call's result; null if another blob has it.</param>
    public async Task<FunctionFailed?> UploadAsync(string file, string name, string contentType, string idempotencyKey, JsonValue? summary, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string> { [KeyName] = Digest(idempotencyKey) };
        if (summary is not null)
        {
            // Metadata travels in HTTP headers: nothing but ASCII.
            metadata[ResultName] = Convert.ToBase64String(summary.ToUtf8());
        }

        await using FileStream content = File.OpenRead(file);
        BlobResult<BlobProperties> written = await blobs.PutAsync(_output, name, content, new() { ContentType = contentType, Metadata = metadata }, cancellationToken);
        return written.IsSuccess ? null : VideoErrors.Fail(VideoErrors.StorageFailed, $"The blob '{_output}/{name}' cannot be written: {written.Failure}.");
    }

    private static string Digest(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
