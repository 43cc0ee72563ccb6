namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>A call that a lambda ends with, handed to the loop of its caller so that recursion does not nest.</summary>
internal abstract class TailCall : EngineValue
{
    public abstract JsonValue? Continue(Evaluator evaluator, JsonValue? context);
}
