namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A sequence of &amp; operators. The operands are joined once.</summary>
internal sealed class ConcatNode(Node[] parts, int position) : Node(position)
{
    public ReadOnlySpan<Node> Parts => parts;

    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        string[] texts = new string[parts.Length];
        long length = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            JsonValue? value = parts[i].Evaluate(evaluator, input, frame);
            texts[i] = value is JsonString text ? text.Value : Text(evaluator, value);
            length += texts[i].Length;
        }

        evaluator.ChargeText(length);
        evaluator.Leave();
        return new JsonString(texts.Length == 2 ? string.Concat(texts[0], texts[1]) : string.Concat(texts));
    }

    private string Text(Evaluator evaluator, JsonValue? value)
    {
        try
        {
            return JsonataStrings.Of(evaluator, value);
        }
        catch (JsonataException e) when (e.Locate(Position, "&"))
        {
            throw;
        }
    }
}
