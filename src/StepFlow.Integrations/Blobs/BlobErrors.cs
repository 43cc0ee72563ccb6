namespace StepFlow.Integrations.Blobs;

/// <summary>Why a place may not be reached, in words for whoever wrote the definition.</summary>
public static class BlobErrors
{
    /// <summary>The settings keep the container from workflows.</summary>
    public static string NotAllowed(string bucket) =>
        $"Workflows may not reach the container of '{bucket}': the setting 'StepFlow:Blobs:Containers' does not list it, or the host reserves it.";

    /// <summary>The name is no container's.</summary>
    public static string NoContainerName(string bucket) =>
        $"'{bucket}' is no name of a container: 3 to 63 lower case letters, digits and single hyphens. Name its container in the setting 'StepFlow:Blobs:Buckets:{bucket}'.";

    /// <summary>The name is no blob's.</summary>
    public static string NoName(string name) =>
        $"'{name}' is no name of a blob: 1 to 1024 characters, none of them a control character, and no segment '.' or '..', not even encoded.";
}
