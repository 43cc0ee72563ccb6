namespace StepFlow.Integrations.Tasks;

/// <summary>Puts secrets in the places where a workflow has placeholders of them, for the time of one call.</summary>
internal interface ISecretArguments
{
    /// <summary>Runs a call with the secrets in its arguments. In what it tells and answers, placeholders stand for them again.</summary>
    /// <param name="call">The call as the workflow makes it.</param>
    Task<TaskOutcome> RunAsync(TaskCall call, Func<TaskCall, Task<TaskOutcome>> run, CancellationToken cancellationToken);
}
