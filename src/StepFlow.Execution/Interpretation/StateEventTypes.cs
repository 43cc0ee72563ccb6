using System.Diagnostics;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;

namespace StepFlow.Execution.Interpretation;

/// <summary>The types of the events about a state as a whole.</summary>
internal static class StateEventTypes
{
    public static HistoryEventType Entered(CompiledState state) => state switch
    {
        CompiledPass => HistoryEventType.PassStateEntered,
        CompiledTask => HistoryEventType.TaskStateEntered,
        CompiledChoice => HistoryEventType.ChoiceStateEntered,
        CompiledMap => HistoryEventType.MapStateEntered,
        CompiledParallel => HistoryEventType.ParallelStateEntered,
        CompiledWait => HistoryEventType.WaitStateEntered,
        CompiledSucceed => HistoryEventType.SucceedStateEntered,
        CompiledFail => HistoryEventType.FailStateEntered,
        _ => throw new UnreachableException(),
    };

    public static HistoryEventType Exited(CompiledState state) => state switch
    {
        CompiledPass => HistoryEventType.PassStateExited,
        CompiledTask => HistoryEventType.TaskStateExited,
        CompiledChoice => HistoryEventType.ChoiceStateExited,
        CompiledMap => HistoryEventType.MapStateExited,
        CompiledParallel => HistoryEventType.ParallelStateExited,
        CompiledWait => HistoryEventType.WaitStateExited,
        CompiledSucceed => HistoryEventType.SucceedStateExited,
        _ => throw new UnreachableException(),
    };

    /// <summary>Null for a state that has no such event.</summary>
    public static HistoryEventType? Aborted(CompiledState state) => state switch
    {
        CompiledTask => HistoryEventType.TaskStateAborted,
        CompiledWait => HistoryEventType.WaitStateAborted,
        CompiledMap => HistoryEventType.MapStateAborted,
        CompiledParallel => HistoryEventType.ParallelStateAborted,
        _ => null,
    };

    /// <summary>Null for a state that has no such event.</summary>
    public static HistoryEventType? Failed(CompiledState state) => state switch
    {
        CompiledMap => HistoryEventType.MapStateFailed,
        CompiledParallel => HistoryEventType.ParallelStateFailed,
        _ => null,
    };
}
