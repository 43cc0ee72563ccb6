using StepFlow.Execution.Frames;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution;

/// <summary>Runs a Parallel state.</summary>
internal static class ParallelStep
{
    public static void Run(Interpreter interpreter, Frame frame, CompiledParallel parallel, bool isFirst)
    {
        if (isFirst)
        {
            interpreter.Enter(frame, HistoryEventType.ParallelStateEntered);
        }

        Outcome<JsonValue> arguments = parallel.Data.Arguments(interpreter.Scope.For(frame));
        if (!arguments.IsSuccess)
        {
            interpreter.Fail(frame, arguments.Error);
            return;
        }

        if (interpreter.Bound(frame, arguments.Value) is { } tooMuch)
        {
            interpreter.Fail(frame, tooMuch);
            return;
        }

        interpreter.Emit(frame, HistoryEventType.ParallelStateStarted);
        var group = new ParallelGroup(parallel.Branches.Count);
        frame.Group = group;
        frame.Phase = FramePhase.Group;
        for (int i = 0; i < group.Count; i++)
        {
            group.Frames[i] = new(parallel.Branches[i], frame, i, arguments.Value, new(frame.Variables, JsonObject.Empty))
            {
                LastEventId = frame.LastEventId,
            };
            interpreter.Enqueue(group.Frames[i]!);
        }
    }

    /// <summary>A branch has ended well.</summary>
    public static void EndBranch(Interpreter interpreter, Frame frame, Frame branch)
    {
        FrameGroup group = frame.Group!;
        group.Frames[branch.Index] = null;
        group.Results[branch.Index] = branch.Input;
        if (--group.Remaining > 0)
        {
            return;
        }

        frame.LastEventId = branch.LastEventId;
        interpreter.Emit(HistoryEventType.ParallelStateSucceeded, frame.LastEventId);
        GroupResult.Complete(interpreter, frame, group, HistoryEventType.ParallelStateExited);
    }
}
