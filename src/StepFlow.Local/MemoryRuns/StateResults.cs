using StepFlow.Integrations.Tasks;

namespace StepFlow.Local.MemoryRuns;

/// <summary>Ends tasks with the results that were given for their states, and calls nothing.</summary>
/// <param name="results">Results by the names of states; an object with <c>Error</c> and <c>Cause</c> only is a failure.</param>
internal sealed class StateResults(JsonObject results) : ITaskRunner
{
    public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        TaskOutcome outcome = results[call.StateName] switch
        {
            null => new TaskRejected("StepFlow.NoResult", $"There is no result for the state '{call.StateName}', and tasks are not called here. Add a result with this name."),
            JsonObject failure when failure["Error"] is JsonString { Value: var error } && failure.All(static one => one.Key is "Error" or "Cause") => new TaskRejected(error, failure.Text("Cause")),
            { } result => new TaskCompleted(result),
        };
        return Task.FromResult(outcome);
    }
}
