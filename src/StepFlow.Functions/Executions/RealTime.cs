namespace StepFlow.Functions.Executions;

/// <summary>
/// The registration of the clock for measurements of this process, such as storage requests. Executions have another clock,
/// which a test can stop or advance. This one always runs.
/// </summary>
internal static class RealTime
{
    /// <summary>The key of its <see cref="TimeProvider"/> in the container.</summary>
    public const string Key = "real-time";
}
