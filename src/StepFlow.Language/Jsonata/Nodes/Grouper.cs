namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>
/// Makes an object of items. The key expressions assign each item to groups, and the value expressions are evaluated for the items
/// of each group. An object constructor is the same for one item.
/// </summary>
internal sealed class Grouper
{
    /// <summary>The memory of a group without its items.</summary>
    private const int GroupBytes = 160;

    private readonly MemberNode[] _members;
    private readonly string[]? _keys;
    private readonly int _position;

    public Grouper(MemberNode[] members, int position)
    {
        _members = members;
        _position = position;
        _keys = ConstantKeys(members);
    }

    public JsonObject Group(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Constructed++;
        evaluator.Reserve(Evaluator.ContainerBytes + (Evaluator.MemberBytes * (long)_members.Length));
        if (!Items.IsArray(input))
        {
            return _keys is null ? GroupItems(evaluator, [input], frame) : Construct(evaluator, input, frame);
        }

        ReadOnlySpan<JsonValue?> items = Items.Of(input);
        return items.Length == 0 ? GroupItems(evaluator, [null], frame) : GroupItems(evaluator, items, frame);
    }

    /// <summary>The same for a tuple stream: values see the contexts and the bindings of their group.</summary>
    public JsonObject GroupTuples(Evaluator evaluator, TupleStream stream, JsonataFrame frame)
    {
        evaluator.Constructed++;
        var groups = new OrderedDictionary<string, (int Member, List<Runtime.Tuple> Tuples)>(StringComparer.Ordinal);
        foreach (Runtime.Tuple tuple in stream.Tuples)
        {
            var scope = new JsonataFrame(frame, 0) { Tuple = tuple };
            for (int i = 0; i < _members.Length; i++)
            {
                if (Key(_members[i].Key.Evaluate(evaluator, tuple.Context, scope)) is not { } key)
                {
                    continue;
                }

                if (!groups.TryGetValue(key, out (int Member, List<Runtime.Tuple> Tuples) group))
                {
                    group = (i, []);
                    evaluator.Reserve(GroupBytes);
                    groups.Add(key, group);
                }

                CheckMember(group.Member, i, key);
                evaluator.Charge(1);
                group.Tuples.Add(tuple);
            }
        }

        var result = new JsonObjectBuilder(groups.Count);
        foreach ((string key, (int member, List<Runtime.Tuple> tuples)) in groups)
        {
            Runtime.Tuple merged = Merge(evaluator, tuples);
            JsonValue? value = _members[member].Value.Evaluate(evaluator, merged.Context, new JsonataFrame(frame, 0) { Tuple = merged });
            result.SetIfPresent(key, Items.Store(evaluator, value));
        }

        return result.Build();
    }

    /// <summary>The keys, if all are constant and different. Then a single item needs no grouping.</summary>
    private static string[]? ConstantKeys(MemberNode[] members)
    {
        var keys = new string[members.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            if (members[i].Key is not ConstantNode { Value: JsonString key } || Array.IndexOf(keys, key.Value, 0, i) >= 0)
            {
                return null;
            }

            keys[i] = key.Value;
        }

        return keys;
    }

    private static Runtime.Tuple Merge(Evaluator evaluator, List<Runtime.Tuple> tuples)
    {
        if (tuples.Count == 1)
        {
            return tuples[0];
        }

        var context = new Joiner(tuples[0].Context);
        var bindings = new OrderedDictionary<string, Joiner>(StringComparer.Ordinal);
        for (int i = 0; i < tuples.Count; i++)
        {
            if (i > 0)
            {
                context.Add(evaluator, tuples[i].Context);
            }

            foreach (KeyValuePair<string, JsonValue?> binding in tuples[i].Bindings)
            {
                if (bindings.TryGetValue(binding.Key, out Joiner? joined))
                {
                    joined.Add(evaluator, binding.Value);
                }
                else
                {
                    bindings.Add(binding.Key, new Joiner(binding.Value));
                }
            }
        }

        var merged = new Runtime.Tuple(context.Value);
        foreach ((string name, Joiner joined) in bindings)
        {
            merged.Bind(name, joined.Value);
        }

        return merged;
    }

    private JsonObject Construct(Evaluator evaluator, JsonValue? item, JsonataFrame frame)
    {
        var members = new KeyValuePair<string, JsonValue>[_members.Length];
        int count = 0;
        for (int i = 0; i < members.Length; i++)
        {
            JsonValue? value = _members[i].Value.Evaluate(evaluator, item, frame);
            if (value is not null)
            {
                members[count++] = new(_keys![i], Items.Store(evaluator, value)!);
            }
        }

        return JsonObject.Adopt(count == members.Length ? members : members[..count]);
    }

    private JsonObject GroupItems(Evaluator evaluator, ReadOnlySpan<JsonValue?> items, JsonataFrame frame)
    {
        var groups = new OrderedDictionary<string, (int Member, Joiner Data)>(StringComparer.Ordinal);
        evaluator.Charge(items.Length);
        foreach (JsonValue? item in items)
        {
            for (int i = 0; i < _members.Length; i++)
            {
                if (Key(_members[i].Key.Evaluate(evaluator, item, frame)) is not { } key)
                {
                    continue;
                }

                if (groups.TryGetValue(key, out (int Member, Joiner Data) group))
                {
                    CheckMember(group.Member, i, key);
                    group.Data.Add(evaluator, item);
                }
                else
                {
                    evaluator.Reserve(GroupBytes);
                    groups.Add(key, (i, new Joiner(item)));
                }
            }
        }

        var members = new List<KeyValuePair<string, JsonValue>>(groups.Count);
        foreach ((string key, (int member, Joiner data)) in groups)
        {
            JsonValue? value = _members[member].Value.Evaluate(evaluator, data.Value, frame);
            if (value is not null)
            {
                members.Add(new(key, Items.Store(evaluator, value)!));
            }
        }

        return JsonObject.Adopt([.. members]);
    }

    private string? Key(JsonValue? key) => key switch
    {
        null => null,
        JsonString text => text.Value,
        _ => throw new JsonataException("T1003") { Position = _position, Value = key },
    };

    private void CheckMember(int first, int second, string key)
    {
        if (first != second)
        {
            throw new JsonataException("D1009") { Position = _position, Value = new JsonString(key) };
        }
    }
}
