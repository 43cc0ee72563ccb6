namespace StepFlow.Language.Definition;

/// <summary>
/// Reads definitions: JSON in, objects out. Notes every field of the wrong type or missing where nothing could be read
/// without it; whether the definition makes sense is for validation. Never throws.
/// </summary>
public static class DefinitionParser
{
    /// <summary>Reads a machine.</summary>
    /// <returns>The state machine; null if it is not an object, or has neither states nor a start.</returns>
    public static StateMachineDefinition? ParseMachine(JsonValue definition, DiagnosticBag diagnostics)
    {
        if (definition is not JsonObject source)
        {
            diagnostics.Error(DiagnosticCodes.SchemaValidationFailed, DiagnosticMessages.NotAnObject, null);
            return null;
        }

        var reader = new FieldReader(source, string.Empty, diagnostics);
        CheckLanguage(source, string.Empty, diagnostics);
        QueryLanguage language = LanguageOf(source, QueryLanguage.JsonPath);
        StateGraphDefinition? graph = GraphParser.Parse(reader, language);
        JsonNumber? timeout = reader.Number("TimeoutSeconds");
        return graph is null ? null : new(reader)
        {
            TimeoutSeconds = timeout is not null && timeout.TryGetInt64(out long seconds) ? seconds : null,
            QueryLanguage = language,
            Graph = graph,
        };
    }

    /// <summary>Reads a single state.</summary>
    /// <param name="language">The machine's query language.</param>
    /// <param name="diagnostics">Where findings go.</param>
    public static State ParseState(string name, string location, JsonValue definition, QueryLanguage language, DiagnosticBag diagnostics)
    {
        if (definition is JsonObject source)
        {
            return StateParser.Parse(name, new(source, location, diagnostics), language);
        }

        diagnostics.Schema(DiagnosticMessages.ExpectedType("OBJECT"), location);
        return new UnreadableState(name, new(JsonObject.Empty, location, diagnostics), language);
    }

    /// <summary>
    /// The query language of a machine or state. Only the exact word JSONPath is JSONPath; any other value counts as
    /// JSONata, and <see cref="CheckLanguage"/> notes it.
    /// </summary>
    internal static QueryLanguage LanguageOf(JsonObject source, QueryLanguage inherited) => source["QueryLanguage"] switch
    {
        null => inherited,
        JsonString { Value: "JSONPath" } => QueryLanguage.JsonPath,
        _ => QueryLanguage.Jsonata,
    };

    /// <summary>Reports an unknown query language.</summary>
    internal static void CheckLanguage(JsonObject source, string location, DiagnosticBag diagnostics)
    {
        switch (source["QueryLanguage"])
        {
            case null or JsonString { Value: "JSONPath" or "JSONata" }:
                break;
            case JsonString:
                diagnostics.Schema(DiagnosticMessages.OneOf("JSONPath", "JSONata"), location + "/QueryLanguage");
                break;
            default:
                diagnostics.Schema(DiagnosticMessages.ExpectedType("STRING"), location + "/QueryLanguage");
                break;
        }
    }
}
