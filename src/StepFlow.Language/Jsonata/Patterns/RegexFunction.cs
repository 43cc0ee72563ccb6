namespace StepFlow.Language.Jsonata.Patterns;

/// <summary>A regular expression as a value: a function that returns the first match of a string. The match has the following one.</summary>
internal sealed class RegexFunction(Pattern pattern, int position) : JsonataFunction
{
    public Pattern Pattern { get; } = pattern;

    public int Position { get; } = position;

    public override int Arity => 2;

    public override JsonValue? Invoke(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        if (arguments.Length == 0 || arguments[0] is not JsonString text)
        {
            return null;
        }

        var cursor = new MatchCursor(evaluator, this, text.Value);
        return cursor.MoveNext() ? cursor.ToObject() : null;
    }
}
