namespace StepFlow.Integrations.Executions;

/// <summary>Starts executions for workflows and for watchers. The service implements it.</summary>
public interface IExecutionStarter
{
    /// <summary>Starts an execution; when it returns, the start is durable.</summary>
    Task<StartResult> StartAsync(StartRequest request, CancellationToken cancellationToken);
}

/// <summary>An execution to start (Step Functions API, StartExecution).</summary>
/// <param name="StateMachineArn">The state machine, or a version or alias of it.</param>
/// <param name="Name">The execution's name; null for a new one.</param>
/// <param name="Input">Its input, as text.</param>
public sealed record StartRequest(string StateMachineArn, string? Name, string Input)
{
    /// <summary>The task that starts it; null if no workflow does. If the task waits for its end (<c>.sync</c>), the task completes when it ends.</summary>
    public TaskCall? Parent { get; init; }

    public string? TraceHeader { get; init; }
}

/// <summary>What became of a start. A closed family.</summary>
public abstract record StartResult;

/// <summary>The execution runs; or it did already, under the same name with the same input.</summary>
public sealed record Started(string ExecutionArn, DateTimeOffset StartDate) : StartResult;

/// <summary>It was refused.</summary>
/// <param name="Code">The API's error code (<c>StateMachineDoesNotExist</c>, <c>ExecutionAlreadyExists</c>, …).</param>
/// <param name="Message">Why.</param>
public sealed record StartRefused(string Code, string Message) : StartResult;
