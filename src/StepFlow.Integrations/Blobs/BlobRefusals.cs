using System.Diagnostics;

namespace StepFlow.Integrations.Blobs;

/// <summary>
/// How calls fail, in the terms of the service whose names they have: S3's, or the error codes of Azure Storage with <c>Blob.</c> before
/// them (Azure Storage, "Blob Storage error codes").
/// </summary>
internal sealed class BlobRefusals(SettingHints hints)
{
    private const string NoBucket = "The specified bucket does not exist";

    /// <summary>The store refused.</summary>
    public TaskRejected Fail(BlobCall call, BlobFailure failure, string bucket)
    {
        if (!call.IsS3)
        {
            (string code, string message) = OfAzure(call.Call, failure, bucket);
            return Azure(code, message);
        }

        (AwsFailure refusal, string hint) = OfS3(call.Call, failure, bucket);
        return AwsService.S3.Fail(call.Call, refusal, hint);
    }

    /// <summary>An argument is wrong.</summary>
    public static TaskRejected Invalid(BlobCall call, string problem) => call.IsS3
        ? AwsService.S3.Fail(call.Call, AwsFailure.Unmodelled("InvalidRequest", problem))
        : Azure("InvalidArgument", problem);

    /// <summary>The blob is larger than a workflow may read.</summary>
    public static TaskRejected TooLarge(BlobCall call, long length, int most) => call.IsS3
        ? AwsService.S3.Fail(call.Call, AwsFailure.Unmodelled("EntityTooLarge", $"The object has {length} bytes, but a state can read at most {most}. See the setting 'StepFlow:Blobs:MaxReadBytes'"))
        : Azure("BlobTooLarge", $"The blob has {length} bytes, but a state can read at most {most}. See the setting 'StepFlow:Blobs:MaxReadBytes'.");

    private static TaskRejected Azure(string code, string message) => new("Blob." + code, message);

    private (AwsFailure Failure, string Hint) OfS3(TaskCall call, BlobFailure failure, string bucket) => failure switch
    {
        BlobFailure.NoSuchContainer => (new("NoSuchBucketException", "NoSuchBucket", NoBucket, 404), hints.Add($"Blobs:Buckets:{bucket}")),
        BlobFailure.NoSuchBlob => (new("NoSuchKeyException", "NoSuchKey", "The specified key does not exist.", 404), string.Empty),
        BlobFailure.NoSuchVersion => (AwsFailure.Unmodelled("NoSuchVersion", "The specified version does not exist.", 404), $". {BlobErrors.NoVersion(call)}"),
        BlobFailure.NoSuchBlock => (AwsFailure.Unmodelled("InvalidPart", "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."), string.Empty),
        BlobFailure.NoSuchSlice => (AwsFailure.Unmodelled("InvalidRange", "The requested range is not satisfiable", 416), string.Empty),
        BlobFailure.PreconditionFailed => (AwsFailure.Unmodelled("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412), string.Empty),
        BlobFailure.InvalidContainerName => (AwsFailure.Unmodelled("InvalidBucketName", "The specified bucket is not valid.", 400), hints.Add($"Blobs:Buckets:{bucket}")),
        BlobFailure.InvalidName => (AwsFailure.Unmodelled("InvalidArgument", "The specified key is not valid: it must stay within its bucket, and have 1 to 1024 characters."), string.Empty),
        BlobFailure.NotAllowed => (AwsFailure.Unmodelled("AccessDenied", "Access Denied. " + BlobErrors.NotAllowed(bucket), 403), string.Empty),
        BlobFailure.AccessDenied => (AwsFailure.Unmodelled("AccessDenied", "Access Denied", 403), string.Empty),
        BlobFailure.NotConfigured => (new("NoSuchBucketException", "NoSuchBucket", NoBucket, 404), hints.Add("Storage:ConnectionString", "Storage:AccountName")),
        _ => throw new UnreachableException(),
    };

    private (string Code, string Message) OfAzure(TaskCall call, BlobFailure failure, string container) => failure switch
    {
        BlobFailure.NoSuchContainer => ("ContainerNotFound", $"The container '{container}' does not exist."),
        BlobFailure.NoSuchBlob => ("BlobNotFound", $"The blob does not exist in the container '{container}'."),
        BlobFailure.NoSuchVersion => ("BlobVersionNotFound", BlobErrors.NoVersion(call)),
        BlobFailure.NoSuchBlock => ("InvalidBlockList", "A block of the list was not uploaded, or is no longer there."),
        BlobFailure.NoSuchSlice => ("InvalidRange", "The range is not in the blob."),
        BlobFailure.PreconditionFailed => ("BlobAlreadyExists", "The blob exists already, or has another version than requested."),
        BlobFailure.InvalidContainerName => ("InvalidResourceName", BlobErrors.NoContainerName(container)),
        BlobFailure.InvalidName => ("InvalidResourceName", "The blob name is not valid. It must have 1 to 1024 characters, no control characters, and no segment '.' or '..', not even encoded."),
        BlobFailure.NotAllowed => ("ContainerNotAllowed", BlobErrors.NotAllowed(container)),
        BlobFailure.AccessDenied => ("AuthorizationFailure", $"The host's identity has no permission for this in the container '{container}'."),
        BlobFailure.NotConfigured => ("NotConfigured", "No storage account is configured" + hints.Add("Storage:ConnectionString", "Storage:AccountName")),
        _ => throw new UnreachableException(),
    };
}
