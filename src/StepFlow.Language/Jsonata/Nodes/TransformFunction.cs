using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>The function that a transform operator makes.</summary>
internal sealed class TransformFunction(TransformNode node, JsonataFrame frame) : JsonataFunction
{
    public override int Arity => 1;

    public override JsonValue? Invoke(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments, JsonValue? context)
    {
        JsonValue? source = arguments.Length > 0 ? arguments[0] : null;
        if (source is null && arguments.Length == 1)
        {
            return null;
        }

        if (arguments.Length != 1 || source is not (JsonObject or JsonArray or Sequence))
        {
            throw new JsonataException("T0410") { Value = source, Index = arguments.Length > 1 ? 2 : 1 };
        }

        evaluator.Enter();
        JsonValue copy = Clone(evaluator, source);
        JsonValue? matches = node.Pattern.Evaluate(evaluator, copy, frame);
        var changes = new Dictionary<JsonObject, JsonObject>(ReferenceEqualityComparer.Instance);
        if (Items.IsArray(matches))
        {
            foreach (JsonValue? match in Items.Of(matches))
            {
                Change(evaluator, match, changes);
            }
        }
        else if (matches is not null)
        {
            Change(evaluator, matches, changes);
        }

        evaluator.Leave();
        return changes.Count == 0 ? copy : Rebuild(evaluator, copy, changes);
    }

    /// <summary>A copy in which every object is a separate instance. So a match is one location, and not every location that shares the object.</summary>
    private static JsonValue Clone(Evaluator evaluator, JsonValue value)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        evaluator.Charge(1);
        evaluator.Reserve(Evaluator.ContainerBytes);
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                var copies = new KeyValuePair<string, JsonValue>[members.Count];
                ReadOnlySpan<KeyValuePair<string, JsonValue>> originals = members.AsSpan();
                for (int i = 0; i < copies.Length; i++)
                {
                    copies[i] = new(originals[i].Key, Clone(evaluator, originals[i].Value));
                }

                return JsonObject.Adopt(copies);
            case JsonObject:
                // Not the shared empty object, because it must also be a separate instance.
                return JsonObject.CreateDistinct();
            case JsonArray or Sequence:
                ReadOnlySpan<JsonValue?> items = Items.Of(value);
                var clones = new JsonValue[items.Length];
                for (int i = 0; i < clones.Length; i++)
                {
                    clones[i] = Clone(evaluator, items[i] ?? Null);
                }

                return JsonArray.Adopt(clones);
            default:
                return value;
        }
    }

    /// <summary>The value with all changes within it made.</summary>
    private static JsonValue Rebuild(Evaluator evaluator, JsonValue value, Dictionary<JsonObject, JsonObject> changes)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        evaluator.Charge(1);
        switch (value)
        {
            case JsonObject original:
                bool changed = changes.TryGetValue(original, out JsonObject? members);
                members ??= original;
                KeyValuePair<string, JsonValue>[]? rebuilt = null;
                ReadOnlySpan<KeyValuePair<string, JsonValue>> all = members.AsSpan();
                for (int i = 0; i < all.Length; i++)
                {
                    // A value that an update set is not changed again. It can even contain the original object.
                    JsonValue member = changed && !ReferenceEquals(original[all[i].Key], all[i].Value)
                        ? all[i].Value
                        : Rebuild(evaluator, all[i].Value, changes);
                    if (!ReferenceEquals(member, all[i].Value))
                    {
                        rebuilt ??= all.ToArray();
                        rebuilt[i] = new(all[i].Key, member);
                    }
                }

                return rebuilt is null ? members : JsonObject.Adopt(rebuilt);
            case JsonArray array:
                JsonValue[]? items = null;
                for (int i = 0; i < array.Count; i++)
                {
                    JsonValue item = Rebuild(evaluator, array[i], changes);
                    if (!ReferenceEquals(item, array[i]))
                    {
                        items ??= array.AsSpan().ToArray();
                        items[i] = item;
                    }
                }

                return items is null ? array : JsonArray.Adopt(items);
            default:
                return value;
        }
    }

    private void Change(Evaluator evaluator, JsonValue? match, Dictionary<JsonObject, JsonObject> changes)
    {
        evaluator.Charge(1);
        JsonValue? current = match is null || changes.Count == 0 ? match : Rebuild(evaluator, match, changes);
        JsonValue? update = node.Update.Evaluate(evaluator, current, frame);
        if (update is not (null or JsonObject))
        {
            throw new JsonataException("T2011") { Position = node.Update.Position, Value = update };
        }

        var changed = match as JsonObject;
        JsonObject? latest = changed is null ? null : changes.GetValueOrDefault(changed, changed);
        if (latest is not null && update is JsonObject { Count: > 0 } members)
        {
            evaluator.Charge(latest.Count + members.Count);
            evaluator.Reserve(Evaluator.MemberBytes * (long)(latest.Count + members.Count));
            latest = new JsonObjectBuilder(latest.Count + members.Count).SetAll(latest.AsSpan()).SetAll(members.AsSpan()).Build();
            changes[changed!] = latest;
        }

        if (node.Deletion is null)
        {
            return;
        }

        JsonValue? deletions = node.Deletion.Evaluate(evaluator, match is null ? null : Rebuild(evaluator, match, changes), frame);
        if (deletions is null)
        {
            return;
        }

        foreach (JsonValue? name in Items.IsArray(deletions) ? Items.Of(deletions) : [deletions])
        {
            if (name is not JsonString text)
            {
                throw new JsonataException("T2012") { Position = node.Deletion.Position, Value = Sequence.Plain(deletions) };
            }

            if (latest is not null)
            {
                evaluator.Charge(latest.Count);
                evaluator.Reserve(Evaluator.MemberBytes * (long)latest.Count);
                latest = latest.Without(text.Value);
                changes[changed!] = latest;
            }
        }
    }
}
