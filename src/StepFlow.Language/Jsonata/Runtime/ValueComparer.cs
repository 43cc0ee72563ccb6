namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>Deep equality for sets. The hash code uses only the top level, so no value is too deep for it.</summary>
internal sealed class ValueComparer(Evaluator evaluator) : IEqualityComparer<JsonValue>
{
    public bool Equals(JsonValue? x, JsonValue? y)
    {
        evaluator.Charge(1);
        return DeepEquality.Equal(evaluator, x, y);
    }

    public int GetHashCode(JsonValue obj) => obj switch
    {
        JsonString text => text.GetHashCode(),
        JsonNumber number => number.GetHashCode(),
        JsonObject members => HashObject(members),
        JsonArray or Sequence => HashArray(Items.Of(obj)),
        JsonBoolean or JsonNull => obj.GetHashCode(),
        _ => 3,
    };

    private static int HashObject(JsonObject members)
    {
        int hash = members.Count;
        foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
        {
            // Order does not count, so neither may it in the hash.
            hash ^= HashCode.Combine(member.Key, HashScalar(member.Value));
        }

        return hash;
    }

    private static int HashArray(ReadOnlySpan<JsonValue?> items)
    {
        var hash = default(HashCode);
        hash.Add(items.Length);
        for (int i = 0; i < Math.Min(items.Length, 8); i++)
        {
            hash.Add(HashScalar(items[i]));
        }

        return hash.ToHashCode();
    }

    private static int HashScalar(JsonValue? value) => value is JsonString or JsonNumber ? value.GetHashCode() : 0;
}
