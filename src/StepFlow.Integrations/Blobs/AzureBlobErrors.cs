using StepFlow.Integrations.Responses;

namespace StepFlow.Integrations.Blobs;

/// <summary>Translates a blob store's failures to the error codes of Azure Storage, with <c>Blob.</c> before them (Azure Storage, "Blob Storage error codes").</summary>
internal sealed class AzureBlobErrors(SettingHints hints) : IBlobRefusals
{
    private const string Prefix = "Blob.";

    public TaskRejected Fail(TaskCall call, BlobFailure failure, string container) => failure switch
    {
        BlobFailure.NoSuchContainer => new(Prefix + "ContainerNotFound", $"The container '{container}' does not exist."),
        BlobFailure.NoSuchBlob => new(Prefix + "BlobNotFound", $"The blob does not exist in the container '{container}'."),
        BlobFailure.NoSuchVersion => new(Prefix + "BlobVersionNotFound", BlobErrors.NoVersion(call)),
        BlobFailure.NoSuchBlock => new(Prefix + "InvalidBlockList", "A block of the list was not uploaded, or is no longer there."),
        BlobFailure.NoSuchSlice => new(Prefix + "InvalidRange", "The range is not in the blob."),
        BlobFailure.PreconditionFailed => new(Prefix + "BlobAlreadyExists", "The blob exists already, or has another version than requested."),
        BlobFailure.InvalidContainerName => new(Prefix + "InvalidResourceName", BlobErrors.NoContainerName(container)),
        BlobFailure.InvalidName => new(Prefix + "InvalidResourceName", "The blob name is not valid. It must have 1 to 1024 characters, no control characters, and no segment '.' or '..', not even encoded."),
        BlobFailure.NotAllowed => new(Prefix + "ContainerNotAllowed", BlobErrors.NotAllowed(container)),
        BlobFailure.AccessDenied => new(Prefix + "AuthorizationFailure", $"The host's identity has no permission for this in the container '{container}'."),
        BlobFailure.NotConfigured => new(Prefix + "NotConfigured", "No storage account is configured" + hints.Add("Storage:ConnectionString", "Storage:AccountName")),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public TaskRejected Invalid(TaskCall call, string problem) => new(Prefix + "InvalidArgument", problem);

    public TaskRejected TooLarge(TaskCall call, long length, int most) =>
        new(Prefix + "BlobTooLarge", $"The blob has {length} bytes, but a state can read at most {most}. See the setting 'StepFlow:Blobs:MaxReadBytes'.");
}
