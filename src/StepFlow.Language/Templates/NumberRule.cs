namespace StepFlow.Language.Templates;

/// <summary>The range of a numeric field, and the message of Step Functions for numbers outside.</summary>
public sealed class NumberRule
{
    /// <summary><c>TimeoutSeconds</c>: from 1, in seconds.</summary>
    public static readonly NumberRule TimeoutSeconds = new("TimeoutSeconds", 1, 99_999_999, "TimeoutSeconds must be between 1 and 99999999.");

    /// <summary><c>HeartbeatSeconds</c>: from 1, in seconds.</summary>
    public static readonly NumberRule HeartbeatSeconds = new("HeartbeatSeconds", 1, 99_999_999, "HeartbeatSeconds must be between 1 and 99999999.");

    /// <summary><c>MaxConcurrency</c>: from 0, which means no limit. A number above the maximum of a Map has no effect.</summary>
    public static readonly NumberRule MaxConcurrency = new("MaxConcurrency", 0, long.MaxValue, "MaxConcurrency cannot be negative.");

    /// <summary><c>ToleratedFailureCount</c>: from 0.</summary>
    public static readonly NumberRule ToleratedFailureCount = new("ToleratedFailureCount", 0, long.MaxValue, "ToleratedFailureCount cannot be negative.");

    /// <summary><c>ToleratedFailurePercentage</c>: 0 to 100.</summary>
    public static readonly NumberRule ToleratedFailurePercentage = new("ToleratedFailurePercentage", 0, 100, "ToleratedFailurePercentage must be between 0 and 100.") { IsInteger = false };

    /// <summary><c>MaxItems</c> of a ReaderConfig: from 0, which means no limit.</summary>
    public static readonly NumberRule MaxItems = new("MaxItems", 0, long.MaxValue, "field MaxItems must be positive") { ErrorName = ErrorNames.ItemReaderFailed };

    /// <summary><c>MaxItemsPerBatch</c>: from 1.</summary>
    public static readonly NumberRule MaxItemsPerBatch = new("MaxItemsPerBatch", 1, long.MaxValue, "MaxItemsPerBatch must be positive.");

    /// <summary><c>MaxInputBytesPerBatch</c>: 1 to 262,144, in bytes.</summary>
    public static readonly NumberRule MaxInputBytesPerBatch = new("MaxInputBytesPerBatch", 1, 262_144, "MaxInputBytesPerBatch must be between 1 and 262144.");

    private readonly double _minimum;
    private readonly double _maximum;
    private readonly string _outOfRange;

    private NumberRule(string field, double minimum, double maximum, string outOfRange) =>
        (Field, _minimum, _maximum, _outOfRange) = (field, minimum, maximum, outOfRange);

    /// <summary>The field's name without <c>Path</c>.</summary>
    public string Field { get; }

    /// <summary>Whether a fraction is refused.</summary>
    public bool IsInteger { get; private init; } = true;

    private string ErrorName { get; init; } = ErrorNames.Runtime;

    /// <summary>The failure of a number out of range; null where it is in range.</summary>
    public StatesError? Check(double value) => value >= _minimum && value <= _maximum ? null : new(ErrorName, _outOfRange);
}
