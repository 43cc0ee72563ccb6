using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.Blobs;

/// <summary>Makes a blob of the parts of an upload (S3 API, CompleteMultipartUpload).</summary>
internal sealed class CompleteMultipartUpload(WorkflowBlobs store, BlobOptions options, BlobRefusals errors) : MultipartIntegration(store, options, errors)
{
    private const string Form = "an object {\"Parts\": [{\"ETag\": …, \"PartNumber\": …}]}";

    protected override string S3Action => "completeMultipartUpload";

    protected override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, BlobPath blob, MultipartUpload upload, CancellationToken cancellationToken)
    {
        var blocks = new List<string>();
        int before = 0;
        foreach (JsonValue item in arguments.RequiredObject("MultipartUpload")["Parts"] as JsonArray ?? JsonArray.Empty)
        {
            if (item is not JsonObject part || part["ETag"] is not JsonString { Value: var etag } || part["PartNumber"] is not JsonNumber number
                || !number.TryGetInt64(out long at) || at is < 1 or > MultipartUpload.MaxPart)
            {
                arguments.Refuse(TaskErrors.InvalidArgument("MultipartUpload", Form));
                break;
            }

            if (at <= before)
            {
                return AwsService.S3.Fail(call, AwsFailure.Unmodelled("InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number."));
            }

            if (!MultipartUpload.IsETag(etag.Trim('"')))
            {
                return Fail(call, BlobFailure.NoSuchBlock, blob.Container);
            }

            before = (int)at;
            blocks.Add(upload.BlockOf(before, etag.Trim('"')));
        }

        if (blocks.Count == 0)
        {
            arguments.Refuse(TaskErrors.InvalidArgument("MultipartUpload", Form));
        }

        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        var put = new BlobPut { ContentType = upload.ContentType, Metadata = upload.Metadata, Tags = upload.Tags };
        BlobResult<BlobProperties> written = await Store.For(call).CommitBlocksAsync(blob.Container, blob.Name, blocks, put, cancellationToken);
        return written.IsSuccess
            ? new TaskCompleted(WithVersion(
                written.Value,
                ("Bucket", blob.Container),
                ("ETag", Quoted(written.Value.ETag)),
                ("Key", blob.Name),
                ("Location", $"https://{blob.Container}.s3.amazonaws.com/{Uri.EscapeDataString(blob.Name)}"),
                ("ServerSideEncryption", "AES256")))
            : Fail(call, written.Failure, blob.Container);
    }
}
