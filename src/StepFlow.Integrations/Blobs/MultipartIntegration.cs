using System.Diagnostics;
using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.Blobs;

/// <summary>The base of the operations of a multipart upload. They have only the names of S3.</summary>
internal abstract class MultipartIntegration(WorkflowBlobs store, BlobOptions options, BlobRefusals errors) : BlobIntegration(store, options, errors, BlobDialect.S3)
{
    protected sealed override string AzureAction => throw new UnreachableException();

    protected sealed override async Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, string bucket, CancellationToken cancellationToken)
    {
        string key = arguments.RequiredText("Key");
        string uploadId = arguments.RequiredText("UploadId");
        if (arguments.Problem is { } problem)
        {
            return Refusals.Invalid(call, problem);
        }

        return MultipartUpload.Find(uploadId) is { } upload
            ? await RunAsync(call, arguments, new BlobPath(bucket, key), upload, cancellationToken)
            : AwsService.S3.Fail(call, AwsFailure.Modelled("NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", 404));
    }

    protected abstract Task<TaskOutcome> RunAsync(TaskCall call, ArgumentReader arguments, BlobPath blob, MultipartUpload upload, CancellationToken cancellationToken);

    /// <summary>Uploads a part; its ETag, or why it could not be uploaded.</summary>
    protected async Task<BlobResult<string>> PutAsync(TaskCall call, BlobPath blob, MultipartUpload upload, int part, byte[] content, CancellationToken cancellationToken)
    {
        string etag = MultipartUpload.ETagOf(content);
        using var stream = new MemoryStream(content, writable: false);
        BlobResult<bool> put = await Store.For(call).PutBlockAsync(blob.Container, blob.Name, upload.BlockOf(part, etag), stream, cancellationToken);
        return put.IsSuccess ? etag : put.Failure;
    }

    protected static int PartNumber(ArgumentReader arguments)
    {
        long? number = arguments.Integer("PartNumber", 1, MultipartUpload.MaxPart);
        if (number is null)
        {
            arguments.Refuse(TaskErrors.InvalidArgument("PartNumber", $"a number from 1 to {MultipartUpload.MaxPart}"));
        }

        return (int)(number ?? 1);
    }
}
