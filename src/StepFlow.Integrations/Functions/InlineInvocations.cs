namespace StepFlow.Integrations.Functions;

/// <summary>Calls functions immediately and waits for their end, because calls of executions in memory are not stored.</summary>
/// <param name="runner">Runs tasks.</param>
internal sealed class InlineInvocations(Lazy<ITaskRunner> runner) : IDeferredInvocations
{
    public Task StoreAsync(TaskCall call, CancellationToken cancellationToken) => runner.Value.RunAsync(call, cancellationToken);
}
