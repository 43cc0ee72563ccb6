using StepFlow.Execution.Frames;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution;

/// <summary>Runs a Pass state.</summary>
internal static class PassStep
{
    public static void Run(Interpreter interpreter, Frame frame, CompiledPass pass)
    {
        interpreter.Enter(frame, HistoryEventType.PassStateEntered);
        Outcome<JsonValue> arguments = pass.Data.Arguments(interpreter.Scope.For(frame));
        if (!arguments.IsSuccess)
        {
            interpreter.Fail(frame, arguments.Error);
            return;
        }

        Outcome<StateResult> result = pass.Data.Complete(interpreter.Scope, pass.Result ?? arguments.Value);
        if (!result.IsSuccess)
        {
            interpreter.Fail(frame, result.Error);
            return;
        }

        interpreter.Exit(frame, result.Value, pass.Next, HistoryEventType.PassStateExited);
    }
}
