namespace StepFlow.Functions.Executions;

/// <summary>Errors that are not the workflow's.</summary>
internal static class HostErrors
{
    /// <summary>The host could not go on with an execution: an outage or a bug that outlived every repetition.</summary>
    public const string HostFailure = "StepFlow.HostFailure";
}
