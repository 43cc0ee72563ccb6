namespace StepFlow.Language.Jsonata.Runtime;

internal abstract class JsonataFunction : EngineValue
{
    /// <summary>How many arguments it takes: decides what higher-order functions pass to it.</summary>
    public abstract int Arity { get; }

    /// <summary>Calls it. The result may be a <see cref="TailCall"/>: only <see cref="Evaluator.Apply"/> calls this.</summary>
    /// <param name="arguments">The arguments; undefined ones are null.</param>
    /// <param name="context">The value of an argument that the signature takes from the context by default.</param>
    public abstract JsonValue? Invoke(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments, JsonValue? context);
}
