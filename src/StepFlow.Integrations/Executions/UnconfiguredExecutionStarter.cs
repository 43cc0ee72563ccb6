namespace StepFlow.Integrations.Executions;

/// <summary>For a host that has no state machines except the one that it runs. All others do not exist.</summary>
internal sealed class UnconfiguredExecutionStarter : IExecutionStarter
{
    public Task<StartResult> StartAsync(StartRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<StartResult>(new StartRefused("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{request.StateMachineArn}'"));
}
