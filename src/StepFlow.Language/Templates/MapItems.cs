namespace StepFlow.Language.Templates;

/// <summary>
/// The items of a Map: an array, or for a distributed Map also an object, whose members are the items. All fields
/// that give the items of a Map use this check.
/// </summary>
internal static class MapItems
{
    public static bool Are(JsonValue value, bool isDistributed) => value is JsonArray || (isDistributed && value is JsonObject);
}
