using StepFlow.Execution.Frames;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution;

/// <summary>Runs a Wait state.</summary>
internal static class WaitStep
{
    public static void Run(Interpreter interpreter, Frame frame, CompiledWait wait)
    {
        interpreter.Enter(frame, HistoryEventType.WaitStateEntered);
        Outcome<DateTimeOffset> until = wait.Until.Evaluate(interpreter.Scope.For(frame));
        if (!until.IsSuccess)
        {
            interpreter.Fail(frame, until.Error);
        }
        else if (until.Value <= interpreter.Now)
        {
            Finish(interpreter, frame, wait);
        }
        else
        {
            frame.Phase = FramePhase.Waiting;
            frame.Timer = interpreter.GiveTimer(CommandPurpose.Wait, frame, until.Value);
        }
    }

    /// <summary>The time has come.</summary>
    public static void Finish(Interpreter interpreter, Frame frame, CompiledWait wait)
    {
        Outcome<JsonValue> arguments = wait.Data.Arguments(interpreter.Scope.For(frame));
        if (!arguments.IsSuccess)
        {
            interpreter.Fail(frame, arguments.Error);
            return;
        }

        Outcome<StateResult> result = wait.Data.Complete(interpreter.Scope, arguments.Value);
        if (!result.IsSuccess)
        {
            interpreter.Fail(frame, result.Error);
            return;
        }

        interpreter.Exit(frame, result.Value, wait.Next, HistoryEventType.WaitStateExited);
    }
}
