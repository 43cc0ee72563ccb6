namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The integers from one to another, <c>..</c> within an array constructor.</summary>
internal sealed class RangeNode(Node left, Node right, int position) : Node(position)
{
    /// <summary>The limit of the language. It always applies.</summary>
    private const ulong MaxSize = 10_000_000;

    /// <summary>The memory of an element and its slot.</summary>
    private const int NumberBytes = 32;

    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? l = left.Evaluate(evaluator, input, frame);
        JsonValue? r = right.Evaluate(evaluator, input, frame);
        evaluator.Leave();
        long from = Bound(l, "T2003");
        long to = Bound(r, "T2004");
        if (l is null || r is null || from > to)
        {
            return null;
        }

        ulong size = unchecked((ulong)(to - from)) + 1;
        if (size == 0 || size > MaxSize)
        {
            throw new JsonataException("D2014") { Position = Position, Token = "..", Value = Numbers.Create(evaluator, (double)to - from + 1) };
        }

        if ((long)size > evaluator.MaxItems)
        {
            throw Evaluator.TooLarge();
        }

        evaluator.Charge((long)size / 2);
        evaluator.Reserve((long)size * NumberBytes);
        evaluator.Constructed++;
        var items = new JsonValue[size];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = JsonNumber.Create(from + i);
        }

        return JsonArray.Adopt(items);
    }

    private long Bound(JsonValue? value, string code)
    {
        if (value is null)
        {
            return 0;
        }

        return value is JsonNumber number && number.TryGetInt64(out long bound)
            ? bound
            : throw new JsonataException(code) { Position = Position, Token = "..", Value = value };
    }
}
