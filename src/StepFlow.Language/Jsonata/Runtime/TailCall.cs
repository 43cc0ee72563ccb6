namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The last call in a lambda. The loop of the caller makes it, so that recursion does not use the stack.</summary>
internal abstract class TailCall : EngineValue
{
    public abstract JsonValue? Continue(Evaluator evaluator, JsonValue? context);
}
