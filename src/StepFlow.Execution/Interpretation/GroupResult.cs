using StepFlow.Execution.Frames;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution;

/// <summary>Leaves a Parallel or Map whose branches or iterations have all ended well.</summary>
internal static class GroupResult
{
    public static void Complete(Interpreter interpreter, Frame frame, FrameGroup group, HistoryEventType exited)
    {
        // A copy: after a failure here the group stays for a redrive.
        JsonValue result = JsonArray.Adopt((JsonValue[])group.Results.Clone());
        Complete(interpreter, frame, result, exited);
    }

    public static void Complete(Interpreter interpreter, Frame frame, JsonValue result, HistoryEventType exited)
    {
        Outcome<StateResult> completed = frame.State.Data.Complete(interpreter.Scope.For(frame), result);
        if (!completed.IsSuccess)
        {
            interpreter.Fail(frame, completed.Error);
            return;
        }

        interpreter.Exit(frame, completed.Value, frame.State.Next, exited);
    }
}
