namespace StepFlow.Execution.Interpretation;

/// <summary>Runs a Pass state.</summary>
internal static class PassStep
{
    public static StepResult Run(Interpreter interpreter, Frame frame, CompiledPass pass)
    {
        // A literal Result replaces the arguments: they are not evaluated, and cannot fail.
        Outcome<JsonValue> result = pass.Result is { } literal ? literal : pass.Data.Arguments(interpreter.Scope);
        return interpreter.Leave(frame, pass.Data, result, pass.Next);
    }
}
