namespace StepFlow.Integrations.Tasks;

/// <summary>Sends the request of a call whose arguments have been read and are valid.</summary>
internal delegate Task<TaskOutcome> PreparedRequest(CancellationToken cancellationToken);
