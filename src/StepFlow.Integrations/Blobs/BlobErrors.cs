namespace StepFlow.Integrations.Blobs;

/// <summary>Why a container or blob may not be accessed, in messages for the author of the definition.</summary>
public static class BlobErrors
{
    /// <summary>The argument that names the version of a blob (S3 API, GetObject).</summary>
    internal const string VersionField = "VersionId";

    /// <summary>The settings keep the container from workflows.</summary>
    public static string NotAllowed(string bucket) =>
        $"Workflows cannot access the container of '{bucket}', because the setting 'StepFlow:Blobs:Containers' does not list it, or because the host reserves it.";

    public static string NoContainerName(string bucket) =>
        $"'{bucket}' is not a container name, which has 3 to 63 lower-case letters, digits and single hyphens. Set the container in the setting 'StepFlow:Blobs:Buckets:{bucket}'.";

    public static string NoName(string name) =>
        $"'{name}' is not a blob name, which has 1 to 1024 characters, no control characters, and no segment '.' or '..', not even encoded.";

    /// <summary>The account has no such version of the blob.</summary>
    internal static string NoVersion(TaskCall call) =>
        $"The storage account has no version '{(call.Arguments as JsonObject)?.Text(VersionField)}' of this blob. Turn on blob versioning in the account, and give the version's id as Azure Storage names it.";
}
