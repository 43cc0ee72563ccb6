namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>A partial application. The arguments at the indexes in <paramref name="holes"/> are still missing.</summary>
internal sealed class PartialFunction(JsonataFunction target, JsonValue?[] arguments, int[] holes) : JsonataFunction
{
    public override int Arity => holes.Length;

    public override JsonValue? Invoke(Evaluator evaluator, ReadOnlySpan<JsonValue?> given, JsonValue? context)
    {
        var all = (JsonValue?[])arguments.Clone();
        for (int i = 0; i < holes.Length && i < given.Length; i++)
        {
            all[holes[i]] = given[i];
        }

        return evaluator.Apply(target, all, context);
    }
}
