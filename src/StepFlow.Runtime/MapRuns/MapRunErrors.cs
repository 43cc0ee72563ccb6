using StepFlow.Language.Evaluation;

namespace StepFlow.Runtime.MapRuns;

/// <summary>The failures of Map Runs, in Step Functions' words where it has them.</summary>
public static class MapRunErrors
{
    /// <summary>Two columns of the same name.</summary>
    public const string DuplicateCsvHeaders = "CSV headers cannot contain duplicates.";

    /// <summary>More failures than tolerated.</summary>
    public const string ThresholdExceeded = "The specified tolerated failure threshold was exceeded";

    /// <summary>What should be iterated is neither an array nor an object.</summary>
    public const string NotIterable = "Attempting to map over non-iterable node.";

    public const string NoObjectStore = "This host has no object storage configured for the ItemReader and ResultWriter of distributed Maps. Add the setting 'StepFlow:Storage:ConnectionString' or 'StepFlow:Storage:AccountName'.";

    internal static StatesError ReaderFailed(string cause) => new(ErrorNames.ItemReaderFailed, cause) { RaisedByInterpreter = false };

    internal static StatesError WriterFailed(string cause) => new(ErrorNames.ResultWriterFailed, cause) { RaisedByInterpreter = false };

    /// <summary>An item is larger than one may be.</summary>
    internal static readonly string TooLargeItem = $"An item has more than {ItemSink.MaxBytesOfOne} bytes.";

    /// <summary>More children failed than tolerated.</summary>
    public static StatesError TooManyFailures() => new(ErrorNames.ExceedToleratedFailureThreshold, ThresholdExceeded) { RaisedByInterpreter = false };

    public static string NoSuchKey(ObjectAddress address) =>
        $"The specified key does not exist. (Bucket: {address.Bucket}, Key: {address.Key}) (Service: Amazon S3; Status Code: 404; Error Code: NoSuchKey)";

    public static string NoSuchVersion(ObjectAddress address) =>
        $"The specified version does not exist. (Bucket: {address.Bucket}, Key: {address.Key}, VersionId: {address.VersionId}) (Service: Amazon S3; Status Code: 404; Error Code: NoSuchVersion)";

    public static string NoSuchBucket(string bucket) =>
        $"The specified bucket does not exist (Bucket: {bucket}) (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket)";

    /// <summary>An object was changed while it was read.</summary>
    public static string Changed(ObjectAddress address) =>
        $"The object '{address.Bucket}/{address.Key}' was changed while its items were read. Start the execution again, and write new items to an object of another name.";

    internal static string AccessDenied(ObjectAddress address, string what) =>
        $"Access Denied: the object '{address.Bucket}/{address.Key}' may not be {what}. (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied)";

    internal static string NoItemsAt(string pointer) => $"The ItemsPointer '{pointer}' matches nothing in the file.";

    internal static string TooManyBytes(long items, long most) =>
        $"The first {items} items have more than {most} bytes. Read fewer items (MaxItems), split the file, or raise the setting 'StepFlow:Blobs:MaxItemBytes'.";

    internal static string TooLongFile(ObjectAddress address, long most) =>
        $"The file '{address.Bucket}/{address.Key}' has more than {most} bytes, decompressed. Split it, or raise the setting 'StepFlow:Blobs:MaxItemBytes'.";

    internal static string Unsupported(string what) => $"The ItemReader cannot read {what}.";

    internal static string Malformed(string type, string detail) => $"The file is not valid {type}: {detail}";

    internal static string Missing(string argument) => $"The argument '{argument}' is missing or is not a text.";
}
