using System.Diagnostics;

namespace StepFlow.Execution.Interpretation;

/// <summary>One step of a frame: its result, and the actions that follow. Evaluation and actions are separate, so a single state can also be tested.</summary>
internal sealed partial class Interpreter
{
    /// <summary>Moves a frame by one step.</summary>
    /// <returns>What happens next. Nothing has been done yet.</returns>
    public StepResult TryStep(Frame frame)
    {
        try
        {
            Begin(frame);
            return Step(frame);
        }
        catch (Exception e) when (IsDefect(e))
        {
            return Report(frame, e);
        }
    }

    /// <summary>
    /// Does a part of a state's work. Every evaluation runs inside it. An exception is a defect of StepFlow: the state fails, and
    /// the host logs it. A value that is not loaded is not a defect (the host loads it), and neither is a turn that is discarded.
    /// </summary>
    /// <param name="frame">The frame that is in the state; the scope of expressions points to it.</param>
    public StepResult Try<T>(Frame frame, T argument, Func<Interpreter, Frame, T, StepResult> work)
    {
        try
        {
            Begin(frame);
            return work(this, frame, argument);
        }
        catch (Exception e) when (IsDefect(e))
        {
            return Report(frame, e);
        }
    }

    private static bool IsDefect(Exception exception) => exception is not (ContentMissingException or TurnDiscardedException);

    /// <summary>The work of a frame's state begins.</summary>
    private void Begin(Frame frame)
    {
        Scope.For(frame);
        Steps.BeginState();
    }

    /// <summary>Performs the result of a step.</summary>
    private void Apply(Frame frame, in StepResult step)
    {
        switch (step.Kind)
        {
            case StepKind.Next or StepKind.End:
                Exit(frame, step);
                break;
            case StepKind.Fail:
                AbortChildren(frame);
                Fail(frame, step.Failure!);
                break;
        }
    }

    /// <summary>What leaves a state: evaluated, and within bounds and quotas.</summary>
    /// <param name="frame">The frame that is in the state; the scope points to it.</param>
    /// <param name="data">The data flow of the state, or of its rule or catcher.</param>
    /// <param name="next">Where it leads; null where it ends its graph.</param>
    public StepResult Leave(Frame frame, StateData data, Outcome<JsonValue> result, CompiledState? next)
    {
        if (!result.IsSuccess)
        {
            return result.Error;
        }

        Outcome<JsonValue> output = data.Complete(Scope, result.Value, out JsonObject? assigned);
        if (!output.IsSuccess)
        {
            return output.Error;
        }

        StatesError? excess = Bound(frame, output.Value)
            ?? (_hasQuotas ? Quotas.Check(Start.Limits, Root, frame, output.Value, assigned) : null)
            ?? (assigned is null ? null : Bound(frame, assigned));
        return excess is null ? StepResult.Leave(output.Value, assigned, next) : excess;
    }

    /// <summary>The work of a Task, Parallel or Map has succeeded outside.</summary>
    public StepResult TryComplete(Frame frame, JsonValue result) => Try(frame, result, static (interpreter, frame, result) =>
        frame.State is CompiledTask task
            ? TaskStep.Succeed(interpreter, frame, task, result)
            : interpreter.Leave(frame, frame.State.Data, result, frame.State.Next));

    private StepResult Step(Frame frame)
    {
        if (frame.Phase == FramePhase.Feeding)
        {
            return MapStep.StartIteration(this, frame);
        }

        if (frame.Phase == FramePhase.Ready)
        {
            Enter(frame);
        }

        return frame.State switch
        {
            CompiledPass pass => PassStep.Run(this, frame, pass),
            CompiledChoice choice => ChoiceStep.Run(this, frame, choice),
            CompiledTask task => TaskStep.Run(this, frame, task),
            CompiledMap map => MapStep.Run(this, frame, map),
            CompiledParallel parallel => ParallelStep.Run(this, frame, parallel),
            CompiledWait wait => WaitStep.Run(this, frame, wait),
            CompiledSucceed succeed => SucceedStep.Run(this, frame, succeed),
            CompiledFail fail => FailStep.Run(this, fail),
            _ => throw new UnreachableException(),
        };
    }
}
