namespace StepFlow.Functions.Executions;

/// <summary>Errors that are not the workflow's.</summary>
internal static class HostErrors
{
    /// <summary>The host could not continue the execution, because of an outage or a defect that remained after all repetitions.</summary>
    public const string HostFailure = "StepFlow.HostFailure";
}
