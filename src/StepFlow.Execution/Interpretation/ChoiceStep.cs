namespace StepFlow.Execution.Interpretation;

/// <summary>Runs a Choice state.</summary>
internal static class ChoiceStep
{
    public static StepResult Run(Interpreter interpreter, Frame frame, CompiledChoice choice)
    {
        Outcome<JsonValue> arguments = choice.Data.Arguments(interpreter.Scope);
        if (!arguments.IsSuccess)
        {
            return arguments.Error;
        }

        for (int i = 0; i < choice.Rules.Count; i++)
        {
            CompiledChoiceRule rule = choice.Rules[i];
            Outcome<bool> holds = rule.Condition.Evaluate(interpreter.Scope);
            if (!holds.IsSuccess)
            {
                return holds.Error;
            }

            if (holds.Value)
            {
                return interpreter.Leave(frame, rule.Data, arguments, rule.Next);
            }
        }

        return choice.Default is { } next
            ? interpreter.Leave(frame, choice.Data, arguments, next)
            : new StatesError(ErrorNames.Runtime, Causes.NoChoiceMatched);
    }
}
