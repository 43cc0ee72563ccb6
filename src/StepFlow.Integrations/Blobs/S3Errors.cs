using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.Blobs;

/// <summary>Converts a blob store's failures to those of S3.</summary>
internal sealed class S3Errors(SettingHints hints) : IBlobRefusals
{
    public TaskRejected Fail(TaskCall call, BlobFailure failure, string bucket) => failure switch
    {
        BlobFailure.NoSuchContainer => AwsService.S3.Fail(call, new("NoSuchBucketException", "NoSuchBucket", "The specified bucket does not exist", 404), hints.Add($"Blobs:Buckets:{bucket}")),
        BlobFailure.NoSuchBlob => AwsService.S3.Fail(call, new("NoSuchKeyException", "NoSuchKey", "The specified key does not exist.", 404)),
        BlobFailure.NoSuchVersion => AwsService.S3.Fail(call, AwsFailure.Unmodelled("NoSuchVersion", "The specified version does not exist.", 404), $". {BlobErrors.NoVersion(call)}"),
        BlobFailure.NoSuchBlock => AwsService.S3.Fail(call, AwsFailure.Unmodelled("InvalidPart", "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.")),
        BlobFailure.NoSuchSlice => AwsService.S3.Fail(call, AwsFailure.Unmodelled("InvalidRange", "The requested range is not satisfiable", 416)),
        BlobFailure.PreconditionFailed => AwsService.S3.Fail(call, AwsFailure.Unmodelled("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412)),
        BlobFailure.InvalidContainerName => AwsService.S3.Fail(call, AwsFailure.Unmodelled("InvalidBucketName", "The specified bucket is not valid.", 400), hints.Add($"Blobs:Buckets:{bucket}")),
        BlobFailure.InvalidName => AwsService.S3.Fail(call, AwsFailure.Unmodelled("InvalidArgument", "The specified key is not valid: it must stay within its bucket, and have 1 to 1024 characters.")),
        BlobFailure.NotAllowed => AwsService.S3.Fail(call, AwsFailure.Unmodelled("AccessDenied", "Access Denied. " + BlobErrors.NotAllowed(bucket), 403)),
        BlobFailure.AccessDenied => AwsService.S3.Fail(call, AwsFailure.Unmodelled("AccessDenied", "Access Denied", 403)),
        BlobFailure.NotConfigured => AwsService.S3.Fail(call, new("NoSuchBucketException", "NoSuchBucket", "The specified bucket does not exist", 404), hints.Add("Storage:ConnectionString", "Storage:AccountName")),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public TaskRejected Invalid(TaskCall call, string problem) => AwsService.S3.Fail(call, AwsFailure.Unmodelled("InvalidRequest", problem));

    public TaskRejected TooLarge(TaskCall call, long length, int most) => AwsService.S3.Fail(
        call,
        AwsFailure.Unmodelled("EntityTooLarge", $"The object has {length} bytes, but a state can read at most {most}. See the setting 'StepFlow:Blobs:MaxReadBytes'"));
}
