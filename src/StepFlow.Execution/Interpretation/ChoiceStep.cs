using StepFlow.Execution.Frames;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution;

/// <summary>Runs a Choice state.</summary>
internal static class ChoiceStep
{
    public static void Run(Interpreter interpreter, Frame frame, CompiledChoice choice)
    {
        interpreter.Enter(frame, HistoryEventType.ChoiceStateEntered);
        Outcome<JsonValue> arguments = choice.Data.Arguments(interpreter.Scope.For(frame));
        if (!arguments.IsSuccess)
        {
            interpreter.Fail(frame, arguments.Error);
            return;
        }

        ExecutionScope scope = interpreter.Scope;
        for (int i = 0; i < choice.Rules.Count; i++)
        {
            CompiledChoiceRule rule = choice.Rules[i];
            Outcome<bool> holds = rule.Condition.Evaluate(scope);
            if (!holds.IsSuccess)
            {
                interpreter.Fail(frame, holds.Error);
                return;
            }

            if (holds.Value)
            {
                Leave(interpreter, frame, rule.Data, arguments.Value, rule.Next);
                return;
            }
        }

        if (choice.Default is { } next)
        {
            Leave(interpreter, frame, choice.Data, arguments.Value, next);
        }
        else
        {
            interpreter.Fail(frame, Failure.NoChoiceMatched);
        }
    }

    private static void Leave(Interpreter interpreter, Frame frame, StateData data, JsonValue arguments, CompiledState next)
    {
        Outcome<StateResult> result = data.Complete(interpreter.Scope, arguments);
        if (!result.IsSuccess)
        {
            interpreter.Fail(frame, result.Error);
            return;
        }

        interpreter.Exit(frame, result.Value, next, HistoryEventType.ChoiceStateExited);
    }
}
