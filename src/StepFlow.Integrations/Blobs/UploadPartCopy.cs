using System.Globalization;
using System.Text.RegularExpressions;

namespace StepFlow.Integrations.Blobs;

/// <summary>Uploads a part that is another blob, or a range of it (S3 API, UploadPartCopy). The part is read into memory, so it has at most <see cref="MostBytes"/>.</summary>
internal sealed partial class UploadPartCopy(WorkflowBlobs store, BlobOptions options, BlobRefusals errors, TimeProvider time) : MultipartIntegration(store, options, errors)
{
    private const int MostBytes = 64 * 1024 * 1024;

    protected override string S3Action => "uploadPartCopy";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, BlobPath blob, MultipartUpload upload, CancellationToken cancellationToken)
    {
        int part = PartNumber(arguments);
        BlobPath? source = CopySource(arguments);
        BlobSlice? slice = Slice(arguments);
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        BlobResult<BlobContent> found = await Store.For(call).OpenAsync(source!.Container, source.Name, slice, cancellationToken);
        if (!found.IsSuccess)
        {
            return Fail(call, found.Failure, source.Container);
        }

        await using BlobContent content = found.Value;
        if (content.Properties.Length > MostBytes)
        {
            return Refusals.TooLarge(call, content.Properties.Length, MostBytes);
        }

        using var copy = new MemoryStream();
        await content.Stream.CopyToAsync(copy, cancellationToken);
        BlobResult<string> put = await PutAsync(call, blob, upload, part, copy.ToArray(), cancellationToken);
        return put.IsSuccess
            ? new TaskCompleted(JsonObject.Create(
                ("CopyPartResult", JsonObject.Create(("ETag", Quoted(put.Value)), ("LastModified", IsoTime.Seconds(time.GetUtcNow())))),
                ("ServerSideEncryption", "AES256")))
            : Fail(call, put.Failure, blob.Container);
    }

    private static BlobSlice? Slice(ArgumentReader arguments)
    {
        if (arguments.Text("CopySourceRange") is not { } range)
        {
            return null;
        }

        if (Range().Match(range) is { Success: true } match
            && long.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out long first)
            && long.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, out long last) && last >= first)
        {
            return new(first, last - first + 1);
        }

        arguments.Refuse(TaskErrors.InvalidArgument("CopySourceRange", "'bytes=FIRST-LAST'"));
        return null;
    }

    [GeneratedRegex(@"\Abytes=(\d{1,18})-(\d{1,18})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
