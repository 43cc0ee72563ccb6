namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A field of the context, or of each of its elements.</summary>
internal sealed class NameNode(string name, SequenceEnd end, int position) : Node(position)
{
    public string Name { get; } = name;

    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        if (input is JsonObject members)
        {
            return members[Name];
        }

        return Items.IsArray(input) ? Sequence.End(Fields.Lookup(evaluator, input, Name), end) : null;
    }
}
