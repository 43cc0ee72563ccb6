namespace StepFlow.Integrations.Aws;

/// <summary>Converts between the member names of definitions, which begin with capital letters, and those of a service.</summary>
internal static class AwsMembers
{
    /// <summary>The request of a task.</summary>
    public static JsonObject ToWire(AwsProtocol protocol, string operation, TaskCall call)
    {
        JsonObject request = call.Arguments is JsonObject arguments ? Members(arguments, protocol, char.ToLowerInvariant) : JsonObject.Empty;

        // A repetition of the attempt is known by it; without it the service's clients choose one at random.
        return protocol.Tokens.TryGetValue(operation, out string? token) && !request.ContainsKey(token)
            ? request.With(token, RequestId.Derive(call.IdempotencyKey, token))
            : request;
    }

    /// <summary>The result of a task.</summary>
    public static JsonObject FromWire(AwsProtocol protocol, JsonObject response) => Members(response, protocol with { Texts = System.Collections.Frozen.FrozenSet<string>.Empty }, char.ToUpperInvariant);

    private static JsonObject Members(JsonObject members, AwsProtocol protocol, Func<char, char> first)
    {
        var changed = new JsonObjectBuilder(members.Count);
        foreach ((string name, JsonValue value) in members)
        {
            string small = protocol.IsCamelCase ? char.ToLowerInvariant(name[0]) + name[1..] : name;
            changed.Set(
                protocol.IsCamelCase && name.Length > 0 ? first(name[0]) + name[1..] : name,
                protocol.Texts.Contains(small) ? value is JsonString ? value : value.ToString()
                : protocol.Maps.Contains(small) ? value
                : Value(value, protocol, first));
        }

        return changed.Build();
    }

    private static JsonValue Value(JsonValue value, AwsProtocol protocol, Func<char, char> first) => value switch
    {
        JsonObject members => Members(members, protocol, first),
        JsonArray items => JsonArray.From(items.Select(item => Value(item, protocol, first))),
        _ => value,
    };
}
