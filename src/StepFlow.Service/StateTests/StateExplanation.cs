using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Execution;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Compilation;

namespace StepFlow.Service.StateTests;

/// <summary>The data flow through a state that has run: the stages that TestState shows as <c>inspectionData</c>, with payloads as JSON texts.</summary>
public static class StateExplanation
{
    /// <summary>Takes a state through its stages again, with the result that it had: nothing is called.</summary>
    /// <param name="execution">How the execution was started in which it ran.</param>
    /// <param name="context">The context object.</param>
    /// <param name="variables">The variables when it was entered.</param>
    /// <param name="result">The result of its task; null if the task failed, or if the state has none.</param>
    /// <param name="error">The error that its task failed with; null where it did not.</param>
    /// <param name="time">The clock of the stages.</param>
    /// <returns>The stages; empty for a Parallel or Map, whose work is the states in it.</returns>
    public static async Task<JsonObject> OfAsync(
        ExecutionStart execution,
        CompiledState state,
        JsonValue input,
        JsonObject context,
        JsonObject variables,
        JsonValue? result,
        string? error,
        string? cause,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (state is CompiledParallel or CompiledMap || (state is CompiledTask && result is null && error is null))
        {
            return JsonObject.Empty;
        }

        var call = new StateTestCall { Input = input, Variables = variables, Context = context, Mock = state is CompiledTask ? new(result, error, cause) : null };
        var inspection = new Inspection(state);
        await new StateTester(NoTasks.Instance, time, NullLogger.Instance).RunAsync(state, call, execution with { Input = input }, inspection, cancellationToken);
        return inspection.Data;
    }

    /// <summary>A task that ran is not run again: its result is known.</summary>
    private sealed class NoTasks : ITaskRunner
    {
        public static readonly NoTasks Instance = new();

        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"The state {call.StateName} was to be explained, not run.");
    }
}
