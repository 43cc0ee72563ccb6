namespace StepFlow.Integrations.Tasks;

/// <summary>Replaces a workflow's placeholders by secrets during one call.</summary>
internal interface ISecretArguments
{
    /// <summary>Runs a call with the secrets in its arguments. In its progress and outcome, they are replaced by placeholders again.</summary>
    /// <param name="call">The call as the workflow makes it.</param>
    Task<TaskOutcome> RunAsync(TaskCall call, Func<TaskCall, Task<TaskOutcome>> run, CancellationToken cancellationToken);
}
