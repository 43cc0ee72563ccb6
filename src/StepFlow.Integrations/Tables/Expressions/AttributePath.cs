namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>One step of a path: a name, or an index into a list.</summary>
/// <param name="Index">The index; meaningless for a name.</param>
internal readonly record struct PathStep(string? Name, int Index);

/// <summary>A path to an attribute: <c>a.b[2]</c>.</summary>
internal sealed class AttributePath(IReadOnlyList<PathStep> steps)
{
    /// <summary>The attribute of the item that the path begins with.</summary>
    public string Attribute => steps[0].Name!;

    /// <summary>The whole path as text, for messages.</summary>
    public override string ToString() => string.Concat(steps.Select(static (step, at) =>
        step.Name is null ? $"[{step.Index}]" : at == 0 ? step.Name : "." + step.Name));

    public JsonValue? Find(JsonObject item)
    {
        JsonValue? value = item[Attribute];
        for (int at = 1; at < steps.Count && value is not null; at++)
        {
            value = Child(value, steps[at]);
        }

        return value;
    }

    /// <summary>A copy of the item with the value at the path; null if the path cannot be applied.</summary>
    public JsonObject? Set(JsonObject item, JsonValue value) =>
        steps.Count == 1 ? item.With(Attribute, value)
        : item[Attribute] is { } root && Set(root, 1, value) is { } changed ? item.With(Attribute, changed) : null;

    /// <summary>A copy of the item without the value at the path.</summary>
    public JsonObject Remove(JsonObject item) =>
        steps.Count == 1 ? item.Without(Attribute)
        : item[Attribute] is { } root && Remove(root, 1) is { } changed ? item.With(Attribute, changed) : item;

    /// <summary>Adds the value at the path to a projection, together with the maps that contain it.</summary>
    public JsonObject Project(JsonObject item, JsonObject projection)
    {
        if (Find(item) is not { } value)
        {
            return projection;
        }

        JsonValue merged = Wrap(projection[Attribute], 1, value);
        return projection.With(Attribute, merged);
    }

    private JsonValue Wrap(JsonValue? existing, int at, JsonValue value)
    {
        if (at == steps.Count)
        {
            return value;
        }

        if (steps[at].Name is { } name)
        {
            JsonObject map = AttributeValue.TypeOf(existing) == AttributeValue.Map ? (JsonObject)AttributeValue.Content(existing!) : JsonObject.Empty;
            return AttributeValue.OfMap(map.With(name, Wrap(map[name], at + 1, value)));
        }

        JsonArray list = AttributeValue.TypeOf(existing) == AttributeValue.List ? (JsonArray)AttributeValue.Content(existing!) : JsonArray.Empty;
        return AttributeValue.OfList(JsonArray.From(list.Append(Wrap(null, at + 1, value))));
    }

    private JsonObject? Set(JsonValue parent, int at, JsonValue value)
    {
        JsonValue? child = at == steps.Count - 1 ? value
            : Child(parent, steps[at]) is { } next ? Set(next, at + 1, value)
            : null;
        if (child is null)
        {
            return null;
        }

        return (AttributeValue.TypeOf(parent), steps[at].Name) switch
        {
            (AttributeValue.Map, { } name) => AttributeValue.OfMap(((JsonObject)AttributeValue.Content(parent)).With(name, child)),
            (AttributeValue.List, null) => AttributeValue.OfList(SetItem((JsonArray)AttributeValue.Content(parent), steps[at].Index, child)),
            _ => null,
        };
    }

    private JsonObject? Remove(JsonValue parent, int at)
    {
        if (Child(parent, steps[at]) is not { } child)
        {
            return null;
        }

        JsonValue? changed = at == steps.Count - 1 ? null : Remove(child, at + 1);
        if (changed is null && at < steps.Count - 1)
        {
            return null;
        }

        if (steps[at].Name is { } name)
        {
            var map = (JsonObject)AttributeValue.Content(parent);
            return AttributeValue.OfMap(changed is null ? map.Without(name) : map.With(name, changed));
        }

        var list = (JsonArray)AttributeValue.Content(parent);
        int index = steps[at].Index;
        return AttributeValue.OfList(changed is null ? JsonArray.From(list.Where((_, location) => location != index)) : list.With(index, changed));
    }

    // An index beyond the end appends, as DynamoDB does.
    private static JsonArray SetItem(JsonArray list, int index, JsonValue value) =>
        index < list.Count ? list.With(index, value) : JsonArray.From(list.Append(value));

    private static JsonValue? Child(JsonValue value, PathStep step) => (AttributeValue.TypeOf(value), step.Name) switch
    {
        (AttributeValue.Map, { } name) => ((JsonObject)AttributeValue.Content(value))[name],
        (AttributeValue.List, null) when AttributeValue.Content(value) is JsonArray list && step.Index < list.Count => list[step.Index],
        _ => null,
    };
}
