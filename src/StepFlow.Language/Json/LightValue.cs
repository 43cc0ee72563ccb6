namespace StepFlow.Language.Json;

/// <summary>A value without the parts that are stored outside: each is replaced by <c>null</c>.</summary>
/// <typeparam name="T">The location of a part.</typeparam>
/// <param name="Value">The value; the same one where it has no such part.</param>
/// <param name="Parts">The parts, in order. The path of a part has its positions in objects and arrays; it is empty for the whole value.</param>
public sealed record LightValue<T>(JsonValue Value, IReadOnlyList<(IReadOnlyList<int> Path, T Part)> Parts)
    where T : class;

/// <summary>Removes parts that are stored outside from values, and inserts them again.</summary>
public static class LightValue
{
    /// <summary>Takes parts out.</summary>
    /// <param name="find">Returns the location of a value outside; null if it is not stored outside. Called for values of at least <see cref="DeferredContent.LeastBytes"/> bytes.</param>
    public static LightValue<T> Of<T>(JsonValue value, Func<JsonValue, T?> find)
        where T : class
    {
        var parts = new List<(IReadOnlyList<int>, T)>();
        return new(Take(value, find, [], parts), parts);
    }

    /// <summary>A copy with a value inserted at a path of <see cref="Of{T}"/>.</summary>
    /// <exception cref="ArgumentException">The value has no such path.</exception>
    public static JsonValue Put(JsonValue value, IReadOnlyList<int> path, JsonValue part) => Put(value, path, 0, part);

    private static JsonValue Take<T>(JsonValue value, Func<JsonValue, T?> find, List<int> path, List<(IReadOnlyList<int>, T)> parts)
        where T : class
    {
        if (value.Utf8Length < DeferredContent.LeastBytes)
        {
            return value;
        }

        if (find(value) is { } known)
        {
            parts.Add(([.. path], known));
            return JsonValue.Null;
        }

        return value.Deferred is not null ? value : value switch
        {
            JsonObject members => Take(members, find, path, parts),
            JsonArray items => Take(items, find, path, parts),
            _ => value,
        };
    }

    private static JsonObject Take<T>(JsonObject members, Func<JsonValue, T?> find, List<int> path, List<(IReadOnlyList<int>, T)> parts)
        where T : class
    {
        KeyValuePair<string, JsonValue>[]? copy = null;
        for (int i = 0; i < members.Count; i++)
        {
            (string name, JsonValue value) = members.AsSpan()[i];
            path.Add(i);
            JsonValue light = Take(value, find, path, parts);
            path.RemoveAt(path.Count - 1);
            if (!ReferenceEquals(light, value))
            {
                copy ??= members.AsSpan().ToArray();
                copy[i] = new(name, light);
            }
        }

        return copy is null ? members : JsonObject.Adopt(copy);
    }

    private static JsonArray Take<T>(JsonArray items, Func<JsonValue, T?> find, List<int> path, List<(IReadOnlyList<int>, T)> parts)
        where T : class
    {
        JsonValue[]? copy = null;
        for (int i = 0; i < items.Count; i++)
        {
            path.Add(i);
            JsonValue light = Take(items[i], find, path, parts);
            path.RemoveAt(path.Count - 1);
            if (!ReferenceEquals(light, items[i]))
            {
                copy ??= items.AsSpan().ToArray();
                copy[i] = light;
            }
        }

        return copy is null ? items : JsonArray.Adopt(copy);
    }

    private static JsonValue Put(JsonValue value, IReadOnlyList<int> path, int depth, JsonValue part)
    {
        if (depth == path.Count)
        {
            return part;
        }

        int at = path[depth];
        switch (value)
        {
            case JsonObject members when at >= 0 && at < members.Count:
                (string name, JsonValue member) = members.AsSpan()[at];
                return members.With(name, Put(member, path, depth + 1, part));
            case JsonArray items when at >= 0 && at < items.Count:
                return items.With(at, Put(items[at], path, depth + 1, part));
            default:
                throw new ArgumentException("The value has no such path.", nameof(path));
        }
    }
}
