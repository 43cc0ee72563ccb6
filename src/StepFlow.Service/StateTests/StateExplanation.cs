using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Compilation;

namespace StepFlow.Service.StateTests;

/// <summary>The data flow through a state that has run: the stages that TestState shows as <c>inspectionData</c>, with payloads as JSON texts.</summary>
public static class StateExplanation
{
    /// <summary>Evaluates the stages of a state again, with the result that it had. Nothing is called.</summary>
    /// <param name="execution">How the execution was started.</param>
    /// <param name="time">The clock of the stages.</param>
    /// <returns>The stages; empty for a Parallel or Map, whose work is the states in it.</returns>
    public static async Task<JsonObject> OfAsync(ExecutionStart execution, FinishedState finished, TimeProvider time, CancellationToken cancellationToken)
    {
        CompiledState state = finished.State;
        if (state is CompiledParallel or CompiledMap || (state is CompiledTask && finished is { Result: null, Error: null }))
        {
            return JsonObject.Empty;
        }

        var call = new StateTestCall
        {
            Input = finished.Input,
            Variables = finished.Variables,
            Context = finished.Context,
            Mock = state is CompiledTask ? new(finished.Result, finished.Error, finished.Cause) : null,
        };
        var inspection = new Inspection(state);
        await new StateTester(NoTasks.Instance, time, NullLogger.Instance).RunAsync(state, call, execution with { Input = finished.Input }, inspection, cancellationToken);
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
