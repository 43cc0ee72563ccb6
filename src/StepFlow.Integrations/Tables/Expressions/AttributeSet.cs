namespace StepFlow.Integrations.Tables.Expressions;

/// <summary>Set operations on the attribute types SS, NS and BS.</summary>
internal static class AttributeSet
{
    /// <summary>The union; null if they are not sets of one type.</summary>
    public static JsonValue? Union(JsonValue? existing, JsonValue added)
    {
        if (!IsSet(added) || (existing is not null && AttributeValue.TypeOf(existing) != AttributeValue.TypeOf(added)))
        {
            return null;
        }

        IEnumerable<JsonValue> members = existing is null ? [] : (JsonArray)AttributeValue.Content(existing);
        return Create(added, members.Union((JsonArray)AttributeValue.Content(added)));
    }

    /// <summary>Removes members. False if they are not sets of one type.</summary>
    /// <param name="removed">The members to take out.</param>
    /// <param name="left">The remaining members; null if there are none, because a set is never empty.</param>
    public static bool Except(JsonValue existing, JsonValue removed, out JsonValue? left)
    {
        left = null;
        if (!IsSet(removed) || AttributeValue.TypeOf(existing) != AttributeValue.TypeOf(removed))
        {
            return false;
        }

        JsonValue[] members = [.. ((JsonArray)AttributeValue.Content(existing)).Except((JsonArray)AttributeValue.Content(removed))];
        left = members.Length == 0 ? null : Create(existing, members);
        return true;
    }

    private static JsonObject Create(JsonValue like, IEnumerable<JsonValue> members) =>
        JsonObject.Create((AttributeValue.TypeOf(like)!, JsonArray.From(members)));

    private static bool IsSet(JsonValue value) => AttributeValue.TypeOf(value) is "SS" or "NS" or "BS";
}
