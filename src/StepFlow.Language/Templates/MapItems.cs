namespace StepFlow.Language.Templates;

/// <summary>
/// What a Map may go through: an array; for a distributed Map also an object, whose members are the items. Decided here
/// for all ways in which a Map gets its items.
/// </summary>
internal static class MapItems
{
    public static bool Are(JsonValue value, bool isDistributed) => value is JsonArray || (isDistributed && value is JsonObject);
}
