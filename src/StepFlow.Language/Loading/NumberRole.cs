namespace StepFlow.Language.Loading;

/// <summary>A field that gives a number: its place in the state, as failures name it, and its range.</summary>
internal sealed record NumberRole(string Field, double Minimum, double Maximum, bool IsInteger = true)
{
    public static readonly NumberRole TimeoutSeconds = new("TimeoutSeconds", 1, 99_999_999);
    public static readonly NumberRole HeartbeatSeconds = new("HeartbeatSeconds", 1, 99_999_999);
    public static readonly NumberRole MaxConcurrency = new("MaxConcurrency", 0, long.MaxValue);
    public static readonly NumberRole ToleratedFailureCount = new("ToleratedFailureCount", 0, long.MaxValue);
    public static readonly NumberRole ToleratedFailurePercentage = new("ToleratedFailurePercentage", 0, 100, IsInteger: false);
    public static readonly NumberRole MaxItemsPerBatch = new("ItemBatcher/MaxItemsPerBatch", 0, long.MaxValue);
    public static readonly NumberRole MaxInputBytesPerBatch = new("ItemBatcher/MaxInputBytesPerBatch", 0, 262_144);
}
