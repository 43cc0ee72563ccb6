using StepFlow.Execution.History;

namespace StepFlow.Execution.Interpretation;

/// <summary>Runs a Parallel state.</summary>
internal static class ParallelStep
{
    public static StepResult Run(Interpreter interpreter, Frame frame, CompiledParallel parallel)
    {
        Outcome<JsonValue> arguments = interpreter.Check(frame, parallel.Data.Arguments(interpreter.Scope));
        if (!arguments.IsSuccess)
        {
            return arguments.Error;
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

        return StepResult.Wait;
    }

    /// <summary>A branch has succeeded.</summary>
    public static StepResult EndBranch(Interpreter interpreter, Frame frame, Frame branch)
    {
        FrameGroup group = frame.Group!;
        group.Frames[branch.Index] = null;
        group.Results[branch.Index] = branch.Input;
        if (--group.Remaining > 0)
        {
            return StepResult.Wait;
        }

        frame.LastEventId = branch.LastEventId;
        interpreter.Emit(HistoryEventType.ParallelStateSucceeded, frame.LastEventId);
        return interpreter.Leave(frame, frame.State.Data, group.ResultList(), frame.State.Next);
    }
}
