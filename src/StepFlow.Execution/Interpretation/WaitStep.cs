namespace StepFlow.Execution.Interpretation;

/// <summary>Runs a Wait state.</summary>
internal static class WaitStep
{
    public static StepResult Run(Interpreter interpreter, Frame frame, CompiledWait wait)
    {
        Outcome<DateTimeOffset> until = wait.Until.Evaluate(interpreter.Scope);
        if (!until.IsSuccess)
        {
            return until.Error;
        }

        if (until.Value <= interpreter.Now)
        {
            return Finish(interpreter, frame, wait);
        }

        frame.Phase = FramePhase.Waiting;
        frame.Timer = interpreter.StartTimer(CommandPurpose.Wait, frame, until.Value);
        return StepResult.Wait;
    }

    /// <summary>The time has come.</summary>
    public static StepResult Finish(Interpreter interpreter, Frame frame, CompiledWait wait) =>
        interpreter.Leave(frame, wait.Data, wait.Data.Arguments(interpreter.Scope), wait.Next);
}
