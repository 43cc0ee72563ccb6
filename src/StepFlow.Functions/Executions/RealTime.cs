namespace StepFlow.Functions.Executions;

/// <summary>
/// The registration of the clock that measures what this process itself does, such as requests of the storage. Executions have the other one,
/// which a test may stop or move; this one always runs.
/// </summary>
internal static class RealTime
{
    /// <summary>The key of its <see cref="TimeProvider"/> in the container.</summary>
    public const string Key = "real-time";
}
