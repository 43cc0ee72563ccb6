using StepFlow.Execution.Frames;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;

namespace StepFlow.Execution;

/// <summary>Runs a Fail state.</summary>
internal static class FailStep
{
    public static void Run(Interpreter interpreter, Frame frame, CompiledFail fail)
    {
        interpreter.Enter(frame, HistoryEventType.FailStateEntered);
        ExecutionScope scope = interpreter.Scope.For(frame);
        Outcome<string> error = fail.Error?.Evaluate(scope) ?? default;
        if (error.Error is { } wrongError)
        {
            interpreter.Fail(frame, wrongError);
            return;
        }

        Outcome<string> cause = fail.Cause?.Evaluate(scope) ?? default;
        if (cause.Error is { } wrongCause)
        {
            interpreter.Fail(frame, wrongCause);
            return;
        }

        interpreter.Fail(frame, new Failure(error.Value, cause.Value));
    }
}
