using System.Globalization;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>One recorded case: what was sent to AWS, and what it returned.</summary>
internal sealed class AslCase
{
    /// <summary>The time of the clock for a case whose recording has no date.</summary>
    private static readonly DateTimeOffset DefaultNow = new(2024, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private AslCase(JsonObject source) => Source = source;

    /// <summary>The case as it was recorded.</summary>
    public JsonObject Source { get; }

    public string Id => Text("id")!;

    public string Kind => Text("kind")!;

    public bool IsExpress => Text("type") == "EXPRESS";

    public JsonObject Expected => Source["expected"] as JsonObject ?? JsonObject.Empty;

    public JsonObject Parameters => Source["params"] as JsonObject ?? JsonObject.Empty;

    public IEnumerable<JsonObject> Resources => Objects("resources");

    public IEnumerable<JsonObject> Setup => Objects("setup");

    /// <summary>The calls to services after the execution.</summary>
    public IEnumerable<JsonObject> After => Objects("after");

    public IEnumerable<JsonObject> Auxiliary => Objects("auxiliary");

    public IEnumerable<JsonObject> Normalisations => Objects("normalise");

    public IEnumerable<JsonObject> Placeholders => Objects("placeholders");

    public IEnumerable<JsonObject> Steps => Objects("steps");

    /// <summary>The definition's text as the test sent it.</summary>
    public string DefinitionText => Text("definitionText") ?? PythonJson.Write(Source["definition"] ?? JsonObject.Empty);

    /// <summary>The input's text; null where none was sent.</summary>
    public string? InputText => Text("inputText") ?? (Source["input"] is { } input ? PythonJson.Write(input) : null);

    /// <summary>Where the clock stands when the case begins.</summary>
    public DateTimeOffset Now
    {
        get
        {
            if (Source["clock"] is JsonObject clock && clock["now"] is JsonString now)
            {
                return DateTimeOffset.Parse(now.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            }

            return Recorded;
        }
    }

    /// <summary>When AWS responded.</summary>
    public DateTimeOffset Recorded =>
        DateTimeOffset.TryParseExact(Text("recordedDate"), "dd-MM-yyyy, HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset recorded)
            ? recorded
            : DefaultNow;

    /// <summary>The role of the machine: as given, or as a placeholder names it.</summary>
    public string RoleArn => Text("roleArn") ?? "arn:aws:iam::111111111111:role/" + (ValueOf("<role-name>") ?? "role");

    /// <summary>The value behind a placeholder of the recording; null where the case lists none.</summary>
    public string? ValueOf(string placeholder) =>
        (Placeholders.FirstOrDefault(known => known["placeholder"] is JsonString name && name.Value == placeholder)?["value"] as JsonString)?.Value;

    /// <summary>Whether any state of the definition is written in JSONata.</summary>
    public bool UsesJsonata => Text("definitionText") is null && (Source["definition"]?.ToString() ?? Source["steps"]?.ToString() ?? string.Empty).Contains("JSONata", StringComparison.Ordinal);

    public static AslCase Read(string file) => From(JsonValue.Parse(File.ReadAllBytes(file)));

    public static AslCase From(JsonValue source) => new((JsonObject)source);

    public string? Text(string name) => (Source[name] as JsonString)?.Value;

    private IEnumerable<JsonObject> Objects(string name) => Source[name] is JsonArray array ? array.OfType<JsonObject>() : [];
}
