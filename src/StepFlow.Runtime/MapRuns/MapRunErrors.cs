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

    /// <summary>No object store is configured.</summary>
    public const string NoObjectStore = "This host has no object storage configured for the ItemReader and ResultWriter of distributed Maps. Add the setting that names the storage account.";

    internal static StatesError ReaderFailed(string cause) => new(ErrorNames.ItemReaderFailed, cause) { RaisedByInterpreter = false };

    internal static StatesError WriterFailed(string cause) => new(ErrorNames.ResultWriterFailed, cause) { RaisedByInterpreter = false };

    /// <summary>More children failed than tolerated.</summary>
    public static StatesError TooManyFailures() => new(ErrorNames.ExceedToleratedFailureThreshold, ThresholdExceeded) { RaisedByInterpreter = false };

    internal static string NoSuchKey(ObjectAddress address) =>
        $"The specified key does not exist. (Bucket: {address.Bucket}, Key: {address.Key}) (Service: Amazon S3; Status Code: 404; Error Code: NoSuchKey)";

    internal static string Unsupported(string what) => $"The ItemReader cannot read {what}.";

    internal static string Malformed(string type, string detail) => $"The file is not valid {type}: {detail}";

    internal static string Missing(string argument) => $"The argument '{argument}' is missing or is not a text.";
}
