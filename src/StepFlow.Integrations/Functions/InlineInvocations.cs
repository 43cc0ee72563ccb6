namespace StepFlow.Integrations.Functions;

/// <summary>Calls functions at once and waits for their end, because nothing keeps the call: for executions in memory.</summary>
/// <param name="runner">Runs tasks.</param>
internal sealed class InlineInvocations(Lazy<ITaskRunner> runner) : IDeferredInvocations
{
    public Task StoreAsync(TaskCall call, CancellationToken cancellationToken) => runner.Value.RunAsync(call, cancellationToken);
}
