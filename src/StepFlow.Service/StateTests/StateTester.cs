using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Service.StateTests;

/// <summary>Runs one state alone (TestState), with the context object, variables and mocks of the caller.</summary>
internal sealed class StateTester(ITaskRunner tasks, TimeProvider time, ILogger logger)
{
    /// <summary>Runs a state.</summary>
    /// <param name="execution">The execution that the state seems to be in.</param>
    /// <param name="inspection">Notes how the data changes.</param>
    public async Task<SingleStateResult> RunAsync(
        CompiledState state, StateTestCall call, ExecutionStart execution, Inspection inspection, CancellationToken cancellationToken)
    {
        inspection.Payload("input", call.Input);
        Prepare(state, call, inspection);
        var run = new SingleStateRun(state, new()
        {
            Execution = execution,
            Context = call.Context,
            Variables = call.Variables,
            RetryCount = call.RetrierRetryCount,
            Inspector = inspection,
        });
        if (run.Result is null)
        {
            await WorkAsync(state, run, call, execution, inspection, cancellationToken);
        }

        DefectLog.Write(logger, execution.ExecutionArn, new([], []) { Defects = run.Defects });
        SingleStateResult result = run.Result!;
        Conclude(result, inspection);
        return result;
    }

    /// <summary>Adds the members that Step Functions shows without an evaluation.</summary>
    private static void Prepare(CompiledState state, StateTestCall call, Inspection inspection)
    {
        switch (state)
        {
            case CompiledFail { QueryLanguage: QueryLanguage.JsonPath }:
                inspection.Note(InspectedStage.InputPath, call.Input);
                break;
            case CompiledPass { Result: { } literal }:
                inspection.Note(InspectedStage.Result, literal);
                break;
        }
    }

    /// <summary>Passes to the state the result that it waits for: the mock, or the outcome of a call.</summary>
    private async Task WorkAsync(
        CompiledState state, SingleStateRun run, StateTestCall call, ExecutionStart execution, Inspection inspection, CancellationToken cancellationToken)
    {
        if (state is CompiledMap map && await MapTest.FailsAsync(map, run, call, inspection, cancellationToken))
        {
            return;
        }

        TaskOutcome outcome = call.Mock switch
        {
            { Result: { } mocked } => new TaskCompleted(mocked),
            { } mock => new TaskRejected(mock.Error!, mock.Cause),
            null => await new TaskTest(tasks, time).CallAsync(run.Task!, call, execution, inspection, cancellationToken),
        };
        switch (outcome)
        {
            case TaskCompleted { Output: var result }:
                if (state is CompiledTask)
                {
                    inspection.Note(InspectedStage.Result, result);
                }

                run.Succeed(result);
                break;
            case TaskRejected rejected:
                run.Fail(rejected.Error, rejected.Cause);
                break;
            default:
                run.Fail(ErrorNames.TaskFailed, StateTestMessages.NotEnded);
                break;
        }
    }

    private static void Conclude(SingleStateResult result, Inspection inspection)
    {
        if (result.Variables.Count > 0)
        {
            inspection.Payload("variables", result.Variables);
        }

        if (result.RetryIndex is not null || result.CatchIndex is not null)
        {
            inspection.Structure("errorDetails", new JsonObjectBuilder(3)
                .SetIfPresent("catchIndex", result.CatchIndex)
                .SetIfPresent("retryIndex", result.RetryIndex)
                .SetIfPresent("retryBackoffIntervalSeconds", result.BackoffSeconds is { } seconds ? (JsonValue)(long)seconds : null)
                .Build());
        }
    }
}
