using StepFlow.Language.Templates;

namespace StepFlow.Execution.Interpretation;

/// <summary>Where a task's result goes: as a whole to a task or to the output, or to a state that reads parts of it.</summary>
internal static class ResultFlow
{
    /// <summary>Whether a task's result is passed to a task, or becomes the output, before a state reads parts of it.</summary>
    /// <param name="frame">The frame that runs the task.</param>
    /// <param name="task">The task's state.</param>
    public static bool IsPassedOn(Frame frame, CompiledTask task) =>
        task.Data.PassesResultUnread && IsPassedOn(task.Next, End(frame), []);

    /// <summary>What becomes of the value that a frame ends with.</summary>
    private static Func<HashSet<CompiledState>, bool> End(Frame frame) => seen => frame.Parent switch
    {
        null => true,

        // The results of branches become the items of an array. Those of a Map may be very many.
        { State: CompiledParallel parallel } parent => parallel.Data.PassesResultUnread && IsPassedOn(parallel.Next, End(parent), seen),
        _ => false,
    };

    private static bool IsPassedOn(CompiledState? state, Func<HashSet<CompiledState>, bool> end, HashSet<CompiledState> seen) => state switch
    {
        null => end(seen),
        _ when !seen.Add(state) => true,
        CompiledTask { Data: { PassesInputUnread: true, InputUse: InputUse.Dropped } } => true,
        CompiledTask { Data: { PassesInputUnread: true, InputUse: InputUse.PassedOn } } => IsPassedOn(state.Next, end, seen),
        CompiledPass { Result: null, Data: { PassesInputUnread: true, PassesResultUnread: true, InputUse: not InputUse.Read } } => IsPassedOn(state.Next, end, seen),
        CompiledPass { Result: not null, Data.InputUse: InputUse.PassedOn } => IsPassedOn(state.Next, end, seen),
        CompiledPass { Result: not null, Data.InputUse: InputUse.Dropped } => true,
        CompiledWait { Until: SecondsWait or TimestampWait, Data: { PassesInputUnread: true, PassesResultUnread: true } } => IsPassedOn(state.Next, end, seen),
        CompiledSucceed { Data: { PassesInputUnread: true, PassesResultUnread: true } } => end(seen),
        CompiledParallel { Data.PassesInputUnread: true } parallel => parallel.Branches.All(branch => IsPassedOn(
            branch.Start, after => parallel.Data.PassesResultUnread && IsPassedOn(parallel.Next, end, after), seen)),
        _ => false,
    };
}
