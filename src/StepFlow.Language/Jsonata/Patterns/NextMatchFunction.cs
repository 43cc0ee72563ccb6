namespace StepFlow.Language.Jsonata.Patterns;

/// <summary>The member <c>next</c> of a match. It returns the following match.</summary>
internal sealed class NextMatchFunction(RegexFunction regex, string text, int start) : JsonataFunction
{
    public override int Arity => 0;

    public override JsonValue? Invoke(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        var cursor = new MatchCursor(evaluator, regex, text, start);
        return cursor.MoveNext() ? cursor.ToObject() : null;
    }
}
