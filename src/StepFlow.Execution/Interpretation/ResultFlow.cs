using StepFlow.Language.Templates;

namespace StepFlow.Execution.Interpretation;

/// <summary>Where a task's result goes: as a whole to a task or to the output, or to a state that reads parts of it.</summary>
/// <param name="frame">The frame that runs the task.</param>
internal sealed class ResultFlow(Frame frame)
{
    private HashSet<CompiledState>? _seen;

    /// <summary>Whether a task's result is passed to a task, or becomes the output, before a state reads parts of it.</summary>
    /// <param name="frame">The frame that runs the task.</param>
    /// <param name="task">The task's state.</param>
    public static bool IsPassedOn(Frame frame, CompiledTask task) =>
        task.Data.PassesResultUnread && new ResultFlow(frame).IsPassedOn(task.Next, null);

    /// <summary>What becomes of the value that a frame ends with.</summary>
    private bool IsOutput(Frame ended) => ended.Parent switch
    {
        null => true,

        // The results of branches become the items of an array. Those of a Map may be very many.
        { State: CompiledParallel parallel } parent => parallel.Data.PassesResultUnread && IsPassedOn(parallel.Next, () => IsOutput(parent)),
        _ => false,
    };

    /// <param name="end">What becomes of the output of the last state; null where it is the output of the task's frame.</param>
    private bool IsPassedOn(CompiledState? state, Func<bool>? end) => state switch
    {
        null => IsEndPassedOn(end),
        CompiledTask { Data: { PassesInputUnread: true, InputUse: InputUse.Dropped } } => true,
        CompiledTask { Data: { PassesInputUnread: true, InputUse: InputUse.PassedOn } } => IsSeen(state) || IsPassedOn(state.Next, end),
        CompiledPass { Result: null, Data: { PassesInputUnread: true, PassesResultUnread: true, InputUse: not InputUse.Read } } => IsSeen(state) || IsPassedOn(state.Next, end),
        CompiledPass { Result: not null, Data.InputUse: InputUse.PassedOn } => IsSeen(state) || IsPassedOn(state.Next, end),
        CompiledPass { Result: not null, Data.InputUse: InputUse.Dropped } => true,
        CompiledWait { Until: SecondsWait or TimestampWait, Data: { PassesInputUnread: true, PassesResultUnread: true } } => IsSeen(state) || IsPassedOn(state.Next, end),
        CompiledSucceed { Data: { PassesInputUnread: true, PassesResultUnread: true } } => IsSeen(state) || IsEndPassedOn(end),
        CompiledParallel { Data.PassesInputUnread: true } parallel => IsSeen(state) || parallel.Branches.All(branch => IsPassedOn(
            branch.Start, () => parallel.Data.PassesResultUnread && IsPassedOn(parallel.Next, end))),
        _ => false,
    };

    private bool IsEndPassedOn(Func<bool>? end) => end is null ? IsOutput(frame) : end();

    /// <summary>A state that was followed before decides nothing new: loops end, and states behind branches are followed once.</summary>
    private bool IsSeen(CompiledState state) => !(_seen ??= []).Add(state);
}
