using StepFlow.Language.Diagnostics;

namespace StepFlow.Language.Definition;

/// <summary>Reads the fields of one object of a definition, and reports those of the wrong JSON type.</summary>
internal readonly struct FieldReader(JsonObject source, string location, DiagnosticBag diagnostics)
{
    public JsonObject Source { get; } = source;

    public string Location { get; } = location;

    public DiagnosticBag Diagnostics { get; } = diagnostics;

    public JsonValue? Any(string field) => Source[field];

    public string? Text(string field) => (Typed(field, JsonKind.String, "STRING") as JsonString)?.Value;

    public bool Flag(string field) => Typed(field, JsonKind.Boolean, "BOOLEAN") is JsonBoolean { Value: true };

    public JsonNumber? Number(string field) => Typed(field, JsonKind.Number, "NUMBER") as JsonNumber;

    public JsonObject? Object(string field) => Typed(field, JsonKind.Object, "OBJECT") as JsonObject;

    public JsonArray? Array(string field) => Typed(field, JsonKind.Array, "ARRAY") as JsonArray;

    public FieldReader? Node(string field) =>
        Object(field) is { } node ? new FieldReader(node, $"{Location}/{field}", Diagnostics) : null;

    /// <summary>A reader for each element of an array of objects; anything else in it is noted.</summary>
    public List<FieldReader> Nodes(string field)
    {
        var nodes = new List<FieldReader>();
        if (Array(field) is not { } array)
        {
            return nodes;
        }

        for (int i = 0; i < array.Count; i++)
        {
            string location = $"{Location}/{field}[{i}]";
            if (array[i] is JsonObject node)
            {
                nodes.Add(new(node, location, Diagnostics));
            }
            else
            {
                Diagnostics.Schema(DiagnosticMessages.ExpectedType("OBJECT"), location);
            }
        }

        return nodes;
    }

    public List<string> Texts(string field)
    {
        var texts = new List<string>();
        if (Array(field) is not { } array)
        {
            return texts;
        }

        for (int i = 0; i < array.Count; i++)
        {
            if (array[i] is JsonString text)
            {
                texts.Add(text.Value);
            }
            else
            {
                Diagnostics.Schema(DiagnosticMessages.ExpectedType("STRING"), $"{Location}/{field}[{i}]");
            }
        }

        return texts;
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
