namespace StepFlow.Language.Definition;

/// <summary>Reads the fields of one object of a definition, and reports those of the wrong JSON type.</summary>
public readonly struct FieldReader
{
    internal FieldReader(JsonObject source, string location, DiagnosticBag diagnostics) => (Source, Location, Diagnostics) = (source, location, diagnostics);

    internal JsonObject Source { get; }

    internal string Location { get; }

    internal DiagnosticBag Diagnostics { get; }

    internal JsonValue? Any(string field) => Source[field];

    internal string? Text(string field) => (Typed(field, JsonKind.String, "STRING") as JsonString)?.Value;

    internal bool Flag(string field) => Typed(field, JsonKind.Boolean, "BOOLEAN") is JsonBoolean { Value: true };

    internal JsonNumber? Number(string field) => Typed(field, JsonKind.Number, "NUMBER") as JsonNumber;

    internal JsonObject? Object(string field) => Typed(field, JsonKind.Object, "OBJECT") as JsonObject;

    internal JsonArray? Array(string field) => Typed(field, JsonKind.Array, "ARRAY") as JsonArray;

    internal FieldReader? Node(string field) =>
        Object(field) is { } node ? new FieldReader(node, $"{Location}/{field}", Diagnostics) : null;

    /// <summary>A reader for each element of an array of objects; anything else in it is noted.</summary>
    internal List<FieldReader> Nodes(string field)
    {
        DiagnosticBag diagnostics = Diagnostics;
        return [.. Elements<JsonObject>(field, "OBJECT").Select(element => new FieldReader(element.Value, element.Location, diagnostics))];
    }

    internal List<string> Texts(string field) => [.. Elements<JsonString>(field, "STRING").Select(static element => element.Value.Value)];

    private IEnumerable<(T Value, string Location)> Elements<T>(string field, string type)
        where T : JsonValue
    {
        JsonArray array = Array(field) ?? JsonArray.Empty;
        for (int i = 0; i < array.Count; i++)
        {
            string location = $"{Location}/{field}[{i}]";
            if (array[i] is T value)
            {
                yield return (value, location);
            }
            else
            {
                Diagnostics.Schema(DiagnosticMessages.ExpectedType(type), location);
            }
        }
    }

    /// <summary>A path, or null, which discards the value.</summary>
    internal JsonValue? Path(string field)
    {
        JsonValue? value = Source[field];
        if (value is null or JsonNull or JsonString)
        {
            return value;
        }

        Diagnostics.Schema(DiagnosticMessages.ExpectedType("STRING", "NULL"), $"{Location}/{field}");
        return null;
    }

    private JsonValue? Typed(string field, JsonKind kind, string type)
    {
        JsonValue? value = Source[field];
        if (value is null || value.Kind == kind)
        {
            return value;
        }

        Diagnostics.Schema(DiagnosticMessages.ExpectedType(type), $"{Location}/{field}");
        return null;
    }
}
