using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Functions;

/// <summary>$keys, $lookup, $spread, $merge, $clone.</summary>
internal static class ObjectFunctions
{
    public static readonly NativeFunction[] All =
    [
        new("keys", "<x-:a<s>>", 1, Keys),
        new("lookup", "<x-s:x>", 2, (e, a) => StringFunctions.Text(a[1]) is { } key ? Fields.Lookup(e, a[0], key) : null),
        new("spread", "<x-:a<o>>", 1, (e, a) => Spread(e, a[0])),
        new("merge", "<a<o>:o>", 1, Merge),

        // Values never change, so each is as good as a copy.
        new("clone", "<(oa)-:o>", 1, (_, a) => a[0]),
    ];

    private static Sequence Keys(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        var keys = new Sequence(evaluator);
        if (arguments[0] is JsonObject members)
        {
            evaluator.Charge(members.Count);
            foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
            {
                evaluator.Reserve(Evaluator.ContainerBytes);
                keys.Add(new JsonString(member.Key));
            }
        }
        else if (Items.IsArray(arguments[0]))
        {
            CollectKeys(evaluator, keys, new HashSet<string>(StringComparer.Ordinal), Items.Of(arguments[0]));
        }

        return keys;
    }

    private static void CollectKeys(Evaluator evaluator, Sequence keys, HashSet<string> seen, ReadOnlySpan<JsonValue?> items)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (JsonValue? item in items)
        {
            evaluator.Charge(1);
            if (item is JsonObject members)
            {
                evaluator.Charge(members.Count);
                foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
                {
                    if (seen.Add(member.Key))
                    {
                        evaluator.Reserve(2 * Evaluator.ContainerBytes);
                        keys.Add(new JsonString(member.Key));
                    }
                }
            }
            else if (Items.IsArray(item))
            {
                CollectKeys(evaluator, keys, seen, Items.Of(item));
            }
        }
    }

    private static JsonValue? Spread(Evaluator evaluator, JsonValue? value)
    {
        evaluator.Charge(1);
        if (value is JsonObject members)
        {
            evaluator.Charge(members.Count);
            evaluator.Reserve((Evaluator.ContainerBytes + Evaluator.MemberBytes) * (long)members.Count);
            var single = new Sequence(evaluator);
            foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
            {
                single.Add(JsonObject.Adopt([member]));
            }

            return single;
        }

        if (!Items.IsArray(value))
        {
            return value;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        ReadOnlySpan<JsonValue?> items = Items.Of(value);
        if (items.Length == 0)
        {
            return Sequence.Empty;
        }

        var results = new Sequence(evaluator) { IsSequence = false };
        foreach (JsonValue? item in items)
        {
            JsonValue? spread = Spread(evaluator, item);
            if (Items.IsArray(spread))
            {
                evaluator.Charge(Items.Of(spread).Length / 8);
                results.AddRange(Items.Of(spread));
            }
            else if (spread is not null)
            {
                results.Add(spread);
            }
        }

        return Items.ToArray(evaluator, results.AsSpan());
    }

    private static JsonObject? Merge(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is null)
        {
            return null;
        }

        evaluator.Constructed++;
        var merged = new JsonObjectBuilder();
        foreach (JsonValue? item in Items.Of(arguments[0]))
        {
            evaluator.Charge(1);
            if (item is JsonObject members)
            {
                evaluator.Charge(members.Count);
                evaluator.Reserve(2L * Evaluator.MemberBytes * members.Count);
                merged.SetAll(members.AsSpan());
            }
        }

        return merged.Build();
    }
}
