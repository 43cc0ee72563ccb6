namespace StepFlow.Execution.Interpretation;

/// <summary>Runs a Fail state.</summary>
internal static class FailStep
{
    public static StepResult Run(Interpreter interpreter, CompiledFail fail)
    {
        Outcome<string> error = fail.Error?.Evaluate(interpreter.Scope) ?? default;
        Outcome<string> cause = error.IsSuccess ? fail.Cause?.Evaluate(interpreter.Scope) ?? default : default;
        return (error.Error ?? cause.Error) is { } wrong ? wrong : new Failure(error.Value, cause.Value);
    }
}
