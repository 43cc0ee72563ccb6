namespace StepFlow.Language.Json;

/// <summary>Reads the members of objects by the kind that is expected. A member of another kind counts as absent.</summary>
public static class JsonMembers
{
    /// <summary>A text; null if the member is missing or not a text.</summary>
    public static string? Text(this JsonObject members, string name) => (members[name] as JsonString)?.Value;

    /// <summary>A text that is known to be there.</summary>
    /// <exception cref="InvalidCastException">The member is of another kind.</exception>
    /// <exception cref="NullReferenceException">The member is missing.</exception>
    public static string RequiredText(this JsonObject members, string name) => ((JsonString)members[name]!).Value;

    /// <summary>An integer without its fraction; null if the member is missing or not a number.</summary>
    public static long? Integer(this JsonObject members, string name) =>
        members[name] is not JsonNumber number ? null : number.TryGetInt64(out long exact) ? exact : (long)number.ToDouble();

    /// <summary>A number; null if the member is missing or not a number.</summary>
    public static double? Number(this JsonObject members, string name) => (members[name] as JsonNumber)?.ToDouble();

    /// <summary>True or false; null where the member is neither.</summary>
    public static bool? Boolean(this JsonObject members, string name) => (members[name] as JsonBoolean)?.Value;

    /// <summary>An object; null if the member is missing or not an object.</summary>
    public static JsonObject? Object(this JsonObject members, string name) => members[name] as JsonObject;

    /// <summary>An array; null if the member is missing or not an array.</summary>
    public static JsonArray? Array(this JsonObject members, string name) => members[name] as JsonArray;
}
