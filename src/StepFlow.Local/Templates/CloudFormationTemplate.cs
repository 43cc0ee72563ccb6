using StepFlow.Local.Sources;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Local.Templates;

/// <summary>
/// Reads CloudFormation templates, also of SAM and CDK: <c>AWS::StepFunctions::StateMachine</c> and
/// <c>AWS::Serverless::StateMachine</c>, with their definitions inline, as texts, or in files beside the template.
/// </summary>
internal sealed class CloudFormationTemplate
{
    private static readonly string[] MachineTypes = ["AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine"];

    private readonly string _path;
    private readonly JsonObject _template;
    private readonly Func<string?, Language.Definition.SourcePosition?> _positions;
    private readonly TemplateFunctions _functions;
    private readonly bool _readsFiles;

    private CloudFormationTemplate(string path, SourceDocument document, SourceOptions options)
    {
        _path = path;
        _template = (JsonObject)document.Value;
        _positions = document.Positions.Find;
        _readsFiles = options.ReadsFiles;
        _functions = new(_template, options.Substitutions, DefinitionName.Of(path));
    }

    private JsonObject Resources => _template["Resources"] as JsonObject ?? JsonObject.Empty;

    /// <summary>Whether a file is such a template with at least one state machine.</summary>
    public static bool Is(JsonValue value) => value is JsonObject template && template["Resources"] is JsonObject resources
        && resources.Any(static one => one.Value is JsonObject resource && resource["Type"] is JsonString type && MachineTypes.Contains(type.Value));

    /// <summary>Reads a template.</summary>
    /// <exception cref="TemplateException">A definition is in no file that can be read.</exception>
    public static async Task<Template> ReadAsync(string path, SourceDocument document, SourceOptions options, CancellationToken cancellationToken)
    {
        var reader = new CloudFormationTemplate(path, document, options);
        return await reader.ReadAsync(cancellationToken);
    }

    private async Task<Template> ReadAsync(CancellationToken cancellationToken)
    {
        var machines = new List<TemplateMachine>();
        foreach ((string id, JsonObject resource) in Created().Where(one => MachineTypes.Contains(_functions.Names.Type(one.Id))))
        {
            JsonObject properties = resource["Properties"] as JsonObject ?? JsonObject.Empty;
            string? type = ((properties["StateMachineType"] ?? properties["Type"]) is { } written ? _functions.Resolve(written) : null) is JsonString { Value: var text } ? text : null;
            machines.Add(new(new(_functions.Names.Name(id), FileOf(properties) ?? _path, await DefinitionAsync(id, properties, cancellationToken)), type == "EXPRESS"));
        }

        return new()
        {
            Kind = _template.ContainsKey("Transform") ? "SAM template" : "CloudFormation template",
            Machines = machines,
            Triggers = [.. new CloudFormationTriggers(_functions, [.. Created()]).Read()],
            Functions = _readsFiles ? CloudFormationCode.Functions(_path, _functions, Created()) : new Dictionary<string, JsonObject>(),
            Tables = CloudFormationCode.Tables(_functions, Created()),
            Decisions = [.. _functions.Decisions],
        };
    }

    private IEnumerable<(string Id, JsonObject Resource)> Created() => Resources
        .Where(one => one.Value is JsonObject resource && _functions.IsCreated(resource))
        .Select(static one => (one.Key, (JsonObject)one.Value));

    private string? FileOf(JsonObject properties) => (properties["DefinitionUri"] ?? properties["DefinitionS3Location"]) is { } uri
        && _functions.Resolve(uri) is JsonString { Value: var file } && !file.StartsWith("s3://", StringComparison.Ordinal)
        ? Path.Combine(Path.GetDirectoryName(_path) ?? string.Empty, file)
        : null;

    private async Task<ReadDefinition> DefinitionAsync(string id, JsonObject properties, CancellationToken cancellationToken)
    {
        Dictionary<string, string> substitutions = Substitutions(properties);
        if (FileOf(properties) is { } file)
        {
            return !_readsFiles
                ? throw new TemplateException(_path, $"the definition of {id} is in the file {file}, which is not read here. Open that file, or import it with: stepflow import FILE")
                : DefinitionReader.Read(file, await TextSource.ReadFileAsync(file, cancellationToken), substitutions);
        }

        if (properties["Definition"] is { } inline)
        {
            string at = $"/Resources/{id}/Properties/Definition";
            return _functions.Resolve(inline) is JsonObject definition
                ? DefinitionReader.ReadPart(definition.ToIndentedString(), substitutions, location => _positions(location is null or "/" ? at : at + location))
                : throw new TemplateException(_path, $"the definition of {id} is not an object.");
        }

        return properties["DefinitionString"] is { } text && _functions.Resolve(text) is { } resolved
            ? DefinitionReader.ReadPart(resolved is JsonString { Value: var json } ? json : resolved.ToString(), substitutions, _ => _positions($"/Resources/{id}/Properties/DefinitionString"))
            : throw new TemplateException(_path, $"the definition of {id} is not in the template and in no file beside it (it has neither Definition nor DefinitionString, and no DefinitionUri of a file).");
    }

    private Dictionary<string, string> Substitutions(JsonObject properties) =>
        (properties["DefinitionSubstitutions"] as JsonObject ?? JsonObject.Empty).ToDictionary(
            static one => one.Key,
            one => _functions.Resolve(one.Value) is var value && value is JsonString { Value: var text } ? text : value.ToString());
}
