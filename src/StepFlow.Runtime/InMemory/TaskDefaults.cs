namespace StepFlow.Runtime.InMemory;

/// <summary>Defaults of Task states (Amazon States Language, "Task State").</summary>
internal static class TaskDefaults
{
    /// <summary>The default of <c>TimeoutSeconds</c>: in effect no bound.</summary>
    public const double UnboundedSeconds = 99_999_999;
}
