using System.Text.RegularExpressions;
using StepFlow.Language.Json;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>A template of CloudFormation: its functions Ref, Fn::GetAtt, Fn::Sub and Fn::Join, resolved with what its resources became.</summary>
internal sealed partial class StackTemplate
{
    private readonly JsonObject _document;
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StackResource> _created = new(StringComparer.Ordinal);

    private StackTemplate(JsonObject document) => _document = document;

    /// <summary>The resources by their logical ids, those first that others refer to.</summary>
    public IEnumerable<(string Id, string Type, JsonObject Properties)> Resources
    {
        get
        {
            var left = new List<KeyValuePair<string, JsonValue>>(_document["Resources"] as JsonObject ?? JsonObject.Empty);
            while (left.Count > 0)
            {
                int at = left.FindIndex(resource => !left.Any(other => other.Key != resource.Key && RefersTo(resource.Value, other.Key)));
                KeyValuePair<string, JsonValue> next = left[at < 0 ? 0 : at];
                left.Remove(next);
                var resource = (JsonObject)next.Value;
                yield return (next.Key, AwsResponses.Text(resource, "Type") ?? string.Empty, resource["Properties"] as JsonObject ?? JsonObject.Empty);
            }
        }
    }

    /// <summary>The outputs, as DescribeStacks returns them.</summary>
    public JsonArray Outputs => JsonArray.From((_document["Outputs"] as JsonObject ?? JsonObject.Empty).Select(output => (JsonValue)JsonObject.Create(
        ("OutputKey", output.Key), ("OutputValue", Text(Resolve(((JsonObject)output.Value)["Value"] ?? string.Empty))))));

    /// <summary>Reads a template in JSON or YAML; null where it is none.</summary>
    /// <param name="body">The template: a text, or an object.</param>
    /// <param name="parameters">The call's Parameters; null for none.</param>
    public static StackTemplate? Read(JsonValue? body, JsonArray? parameters)
    {
        JsonValue? document = body is JsonString text ? JsonValue.ParseOrNull(text.Value) ?? Yaml(text.Value) : body;
        if (document is not JsonObject template || !template.ContainsKey("Resources"))
        {
            return null;
        }

        var read = new StackTemplate(template);
        foreach (KeyValuePair<string, JsonValue> parameter in template["Parameters"] as JsonObject ?? JsonObject.Empty)
        {
            read._parameters[parameter.Key] = Text((parameter.Value as JsonObject)?["Default"] ?? string.Empty);
        }

        foreach (JsonObject given in (parameters ?? JsonArray.Empty).OfType<JsonObject>())
        {
            read._parameters[AwsResponses.Text(given, "ParameterKey") ?? string.Empty] = AwsResponses.Text(given, "ParameterValue") ?? string.Empty;
        }

        return read;
    }

    /// <summary>Notes what a resource became.</summary>
    public void Created(string id, StackResource resource) => _created[id] = resource;

    /// <summary>A value with its functions resolved.</summary>
    public JsonValue Resolve(JsonValue value) => value switch
    {
        JsonObject { Count: 1 } call when call.First() is var (name, argument) && Call(name, argument) is { } result => result,
        JsonObject members => members.Aggregate(new JsonObjectBuilder(), (builder, member) => builder.Set(member.Key, Resolve(member.Value))).Build(),
        JsonArray items => JsonArray.From(items.Select(Resolve)),
        _ => value,
    };

    /// <summary>A value as a text property.</summary>
    public static string Text(JsonValue value) => value is JsonString text ? text.Value : value.ToString();

    private JsonValue? Call(string name, JsonValue argument) => (name, argument) switch
    {
        ("Ref", JsonString id) => Reference(id.Value),
        ("Fn::GetAtt", JsonString path) => Attribute(path.Value),
        ("Fn::GetAtt", JsonArray { Count: 2 } parts) => Attribute($"{Text(parts[0])}.{Text(parts[1])}"),
        ("Fn::Join", JsonArray { Count: 2 } parts) when Resolve(parts[1]) is JsonArray items => string.Join(Text(parts[0]), items.Select(Text)),
        ("Fn::Sub", JsonString text) => Substitute(text.Value, JsonObject.Empty),
        ("Fn::Sub", JsonArray { Count: 2 } parts) => Substitute(Text(parts[0]), (JsonObject)Resolve(parts[1])),
        _ => (JsonValue?)null,
    };

    private string Substitute(string text, JsonObject own) => Variable().Replace(text, match =>
    {
        string name = match.Groups[1].Value;
        return own[name] is { } value ? Text(value) : name.Contains('.', StringComparison.Ordinal) ? Attribute(name) : Reference(name);
    });

    private string Reference(string id) => id switch
    {
        "AWS::AccountId" => "111111111111",
        "AWS::Partition" => "aws",
        "AWS::Region" => "us-east-1",
        "AWS::URLSuffix" => "amazonaws.com",
        _ => _created.TryGetValue(id, out StackResource? resource) ? resource.Reference : _parameters.GetValueOrDefault(id, id),
    };

    private string Attribute(string path)
    {
        string[] parts = path.Split('.', 2);
        return _created.TryGetValue(parts[0], out StackResource? resource) && resource.Attributes.TryGetValue(parts[1], out string? value) ? value : Reference(parts[0]);
    }

    private static bool RefersTo(JsonValue value, string id) => value switch
    {
        JsonObject { Count: 1 } call when call.First() is var (name, argument) && name is "Ref" or "Fn::GetAtt" or "Fn::Sub" or "DependsOn" =>
            Text(argument is JsonArray parts && parts.Count > 0 ? parts[0] : argument) is var target
            && (target == id || target.StartsWith(id + ".", StringComparison.Ordinal) || target.Contains("${" + id, StringComparison.Ordinal)),
        JsonObject members => members.Any(member => RefersTo(member.Value, id)),
        JsonArray items => items.Any(item => RefersTo(item, id)),
        _ => false,
    };

    private static JsonValue? Yaml(string text)
    {
        try
        {
            return YamlReader.Read(text, FromTag, lastCounts: true).Value;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static JsonObject? FromTag(string tag, JsonValue value) => tag.Length < 2 || tag[0] != '!' ? null
        : tag == "!Ref" ? JsonObject.Create(("Ref", value))
        : JsonObject.Create(("Fn::" + tag[1..], value));

    [GeneratedRegex(@"\$\{(?!!)([\w:.]+)\}")]
    private static partial Regex Variable();
}

/// <summary>What a resource of a stack became.</summary>
/// <param name="Reference">What Ref gives.</param>
/// <param name="Attributes">What Fn::GetAtt gives.</param>
internal sealed record StackResource(string Reference, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>A resource with these attributes.</summary>
    public static StackResource Of(string reference, params (string Name, string Value)[] attributes) =>
        new(reference, attributes.ToDictionary(static attribute => attribute.Name, static attribute => attribute.Value, StringComparer.Ordinal));
}
