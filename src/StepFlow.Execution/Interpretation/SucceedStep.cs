namespace StepFlow.Execution.Interpretation;

/// <summary>Runs a Succeed state: it ends its branch, iteration or machine.</summary>
internal static class SucceedStep
{
    public static StepResult Run(Interpreter interpreter, Frame frame, CompiledSucceed succeed) =>
        interpreter.Leave(frame, succeed.Data, succeed.Data.Arguments(interpreter.Scope), null);
}
