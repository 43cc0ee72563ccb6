using StepFlow.Execution.History;

namespace StepFlow.Execution.Interpretation;

/// <summary>The types of the events about a state as a whole. Null for an event that such a state does not have.</summary>
internal sealed record StateEventTypes(HistoryEventType Entered, HistoryEventType? Exited, HistoryEventType? Aborted = null, HistoryEventType? Failed = null)
{
    private static readonly StateEventTypes[] All = [.. Enum.GetValues<StateKind>().Select(Create)];

    /// <summary>Those of a state.</summary>
    public static StateEventTypes Of(CompiledState state) => All[(int)state.Kind];

    private static StateEventTypes Create(StateKind kind) => kind switch
    {
        StateKind.Task => new(HistoryEventType.TaskStateEntered, HistoryEventType.TaskStateExited, HistoryEventType.TaskStateAborted),
        StateKind.Wait => new(HistoryEventType.WaitStateEntered, HistoryEventType.WaitStateExited, HistoryEventType.WaitStateAborted),
        StateKind.Pass => new(HistoryEventType.PassStateEntered, HistoryEventType.PassStateExited),
        StateKind.Succeed => new(HistoryEventType.SucceedStateEntered, HistoryEventType.SucceedStateExited),
        StateKind.Fail => new(HistoryEventType.FailStateEntered, null),
        StateKind.Choice => new(HistoryEventType.ChoiceStateEntered, HistoryEventType.ChoiceStateExited),
        StateKind.Parallel => new(
            HistoryEventType.ParallelStateEntered, HistoryEventType.ParallelStateExited, HistoryEventType.ParallelStateAborted, HistoryEventType.ParallelStateFailed),
        StateKind.Map => new(HistoryEventType.MapStateEntered, HistoryEventType.MapStateExited, HistoryEventType.MapStateAborted, HistoryEventType.MapStateFailed),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
