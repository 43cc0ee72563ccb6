namespace StepFlow.Integrations.Executions;

/// <summary>Stands where a host knows no state machines but the one it runs: every other one does not exist.</summary>
internal sealed class UnconfiguredExecutionStarter : IExecutionStarter
{
    public Task<StartResult> StartAsync(StartRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<StartResult>(new StartRefused("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{request.StateMachineArn}'"));
}
