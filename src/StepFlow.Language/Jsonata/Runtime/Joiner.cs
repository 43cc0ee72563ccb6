namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>Appends values as $append does: one value stays itself, several become an array, and undefined adds nothing.</summary>
internal sealed class Joiner(JsonValue? first)
{
    private Sequence? _joined;

    public JsonValue? Value { get; private set; } = first;

    public void Add(Evaluator evaluator, JsonValue? item)
    {
        if (item is null)
        {
            return;
        }

        if (_joined is null)
        {
            if (Value is null)
            {
                Value = item;
                return;
            }

            _joined = new Sequence(evaluator) { IsSequence = false };
            Join(evaluator, _joined, Value);
            Value = _joined;
        }

        Join(evaluator, _joined, item);
    }

    private static void Join(Evaluator evaluator, Sequence joined, JsonValue item)
    {
        if (Items.IsArray(item))
        {
            evaluator.Charge(Items.Of(item).Length / 8);
            joined.AddRange(Items.Of(item));
        }
        else
        {
            joined.Add(item);
        }
    }
}
