namespace StepFlow.Service.Requests;

/// <summary>Names JSON types as the service's deserializer does.</summary>
internal static class JsonTypes
{
    public static string Name(JsonValue value) => value.Kind switch
    {
        JsonKind.String => "STRING_VALUE",
        JsonKind.Number => "NUMBER_VALUE",
        JsonKind.Array => "START_ARRAY",
        JsonKind.Object => "START_OBJECT",
        _ => value is JsonBoolean { Value: true } ? "TRUE_VALUE" : "FALSE_VALUE",
    };
}
