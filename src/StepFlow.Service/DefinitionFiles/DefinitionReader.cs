using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;

namespace StepFlow.Service.DefinitionFiles;

/// <summary>
/// Reads a definition in each supported form: JSON, YAML, and the response of DescribeStateMachine (JSON or YAML
/// that contains the definition as a text). JSON with comments is rejected, with the position of the first comment.
/// </summary>
public static class DefinitionReader
{
    private static readonly string[] YamlSuffixes = [".yaml", ".yml"];

    /// <summary>Reads a definition.</summary>
    /// <param name="path">The file's name: <c>.yaml</c> and <c>.yml</c> are YAML. With any other name a text that begins with a brace is JSON, and the rest is YAML.</param>
    /// <param name="text">The content of the file.</param>
    /// <param name="substitutions">Values of the <c>${Name}</c> in it; null for none.</param>
    public static ReadDefinition Read(string path, string text, IReadOnlyDictionary<string, string>? substitutions = null)
    {
        SubstitutedText source = SubstitutedText.Create(text, substitutions ?? new Dictionary<string, string>());
        return IsYaml(path, source.Text) ? ReadYaml(source) : ReadJson(source);
    }

    /// <summary>Reads a definition that is a part of another file, such as a template.</summary>
    /// <param name="text">The definition, JSON or YAML.</param>
    /// <param name="substitutions">Values of the <c>${Name}</c> in it.</param>
    /// <param name="find">The position of a location in the file. For null, the start of the definition.</param>
    public static ReadDefinition ReadPart(string text, IReadOnlyDictionary<string, string> substitutions, Func<string?, SourcePosition?> find)
    {
        ReadDefinition read = Read("-", text, substitutions);
        return new(read.Text, SubstitutedText.Create(read.Text, new Dictionary<string, string>()), find)
        {
            Name = read.Name,
            Problem = read.Problem,
            ProblemPosition = find(null) ?? new(1, 1),
            IsPart = true,
        };
    }

    /// <summary>Whether a file is YAML, by its name or else by how it begins.</summary>
    public static bool IsYaml(string path, string text) =>
        YamlSuffixes.Any(suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
        || (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && text.AsSpan().TrimStart() is { Length: > 0 } start && start[0] is not ('{' or '[' or '"' or '/'));

    private static ReadDefinition ReadJson(SubstitutedText source)
    {
        JsonValue value;
        try
        {
            value = JsonValue.Parse(source.Text);
        }
        catch (JsonFormatException e)
        {
            var position = new SourcePosition((int)e.Line, (int)e.Column);
            return JsonComments.Find(source.Text, e) is { } found
                ? Refuse(source, DiagnosticCodes.InvalidJsonDescription, found.Message, found.Position)
                : new(source.Text, source, _ => position);
        }

        var positions = new Lazy<SourceMap>(() => SourceMap.Build(source.Text));
        return Unwrap(value, source, location => positions.Value.Find(location)) ?? new(source.Text, source, location => positions.Value.Find(location));
    }

    private static ReadDefinition ReadYaml(SubstitutedText source)
    {
        try
        {
            SourceDocument document = YamlReader.Read(source.Text);
            return Unwrap(document.Value, source, document.Positions.Find) ?? new(document.Value.ToIndentedString(), source, document.Positions.Find);
        }
        catch (YamlFormatException e)
        {
            return Refuse(source, DiagnosticCodes.InvalidYaml, e.Reason, e.Position);
        }
    }

    /// <summary>The definition in a response of DescribeStateMachine or DescribeStateMachineForExecution. All its locations have one position.</summary>
    private static ReadDefinition? Unwrap(JsonValue value, SubstitutedText source, Func<string?, SourcePosition?> find) =>
        value is JsonObject response && response["definition"] is JsonString definition && response["stateMachineArn"] is JsonString && !response.ContainsKey("States")
            ? new(definition.Value, source, _ => find("/definition")) { Name = response.Text("name") }
            : null;

    /// <summary>A file that holds no definition that can be had.</summary>
    /// <param name="text">The content of the file.</param>
    /// <param name="message">Why.</param>
    public static ReadDefinition Refuse(string text, string message) =>
        Refuse(SubstitutedText.Create(text, new Dictionary<string, string>()), DiagnosticCodes.InvalidJsonDescription, message, new(1, 1));

    private static ReadDefinition Refuse(SubstitutedText source, string code, string message, SourcePosition position) =>
        new(source.Text, source, _ => position) { Problem = new(DiagnosticSeverity.Error, code, message, null), ProblemPosition = source.Original(position) };
}
