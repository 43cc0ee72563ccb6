using Microsoft.Extensions.Logging;
using StepFlow.Execution.History;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Functions.Executions;

/// <summary>One log line for each attempt of a task that failed, with its state. The portal's workbook counts failures by these lines.</summary>
internal sealed class FailureReports(ILogger<FailureReports> logger) : IExecutionTracking
{
    public bool Concerns(IReadOnlyList<HistoryEvent> events) => events.Any(static item => Error(item) is not null);

    public IExecutionTracker Track(ExecutionRecord execution) => new Tracker(logger, execution);

    private static string? Error(HistoryEvent item) => item.Details switch
    {
        TaskFailureDetails task => task.Error ?? FunctionsLogs.None,
        FailureDetails failure when item.Type is not (HistoryEventType.ExecutionFailed or HistoryEventType.ExecutionTimedOut or HistoryEventType.ExecutionAborted) =>
            failure.Error ?? FunctionsLogs.None,
        _ => null,
    };

    private sealed class Tracker(ILogger logger, ExecutionRecord execution) : IExecutionTracker
    {
        private readonly OpenStates _states = new();

        public int RememberedCount => _states.RememberedCount;

        public void Observe(HistoryEvent item, bool isNew)
        {
            OpenState? state = _states.Observe(item);
            if (isNew && Error(item) is { } error)
            {
                FunctionsLogs.TaskFailed(logger, execution.Start.StateMachineArn, execution.Start.ExecutionArn, error, state?.Name ?? FunctionsLogs.None);
            }
        }

        public void End(ExecutionRecord execution)
        {
            // Failures have been reported one by one.
        }
    }
}
