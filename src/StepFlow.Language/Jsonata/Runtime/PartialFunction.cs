namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>A function some of whose arguments are given; the places in <paramref name="holes"/> are still open.</summary>
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
