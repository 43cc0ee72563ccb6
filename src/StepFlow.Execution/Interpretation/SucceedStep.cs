using StepFlow.Execution.Frames;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution;

/// <summary>Runs a Succeed state: it ends its branch, iteration or machine.</summary>
internal static class SucceedStep
{
    public static void Run(Interpreter interpreter, Frame frame, CompiledSucceed succeed)
    {
        interpreter.Enter(frame, HistoryEventType.SucceedStateEntered);
        Outcome<JsonValue> arguments = succeed.Data.Arguments(interpreter.Scope.For(frame));
        if (!arguments.IsSuccess)
        {
            interpreter.Fail(frame, arguments.Error);
            return;
        }

        Outcome<StateResult> result = succeed.Data.Complete(interpreter.Scope, arguments.Value);
        if (!result.IsSuccess)
        {
            interpreter.Fail(frame, result.Error);
            return;
        }

        interpreter.Exit(frame, result.Value, null, HistoryEventType.SucceedStateExited);
    }
}
