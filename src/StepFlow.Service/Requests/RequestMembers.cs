using StepFlow.Language.Json;

namespace StepFlow.Service.Requests;

/// <summary>Reads the members of a request that was checked against its shape.</summary>
internal static class RequestMembers
{
    /// <summary>A text; null where it is left out.</summary>
    public static string? Text(this JsonObject request, string name) => (request[name] as JsonString)?.Value;

    /// <summary>A text that the shape requires.</summary>
    public static string RequiredText(this JsonObject request, string name) => ((JsonString)request[name]!).Value;

    /// <summary>An integer; null where it is left out. A fraction is cut off.</summary>
    public static long? Integer(this JsonObject request, string name) => request[name] is JsonNumber number ? (long)number.ToDouble() : null;

    /// <summary>A number; null where it is left out.</summary>
    public static double? Number(this JsonObject request, string name) => (request[name] as JsonNumber)?.ToDouble();

    /// <summary>A truth value; null where it is left out.</summary>
    public static bool? Boolean(this JsonObject request, string name) => (request[name] as JsonBoolean)?.Value;

    /// <summary>A structure; null where it is left out.</summary>
    public static JsonObject? Structure(this JsonObject request, string name) => request[name] as JsonObject;

    /// <summary>A list; null where it is left out.</summary>
    public static JsonArray? List(this JsonObject request, string name) => request[name] as JsonArray;
}
