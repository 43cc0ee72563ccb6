using StepFlow.Local.Sources;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Local.Templates;

/// <summary>Reads <c>serverless.yml</c> of the Serverless Framework with the plugin serverless-step-functions.</summary>
internal static class ServerlessFile
{
    private const string Machines = "/stepFunctions/stateMachines";

    /// <summary>Whether a file is one.</summary>
    public static bool Is(JsonValue value) => value is JsonObject file && file.ContainsKey("service") && file["stepFunctions"] is JsonObject or JsonString;

    public static async Task<Template> ReadAsync(string path, SourceDocument document, SourceOptions options, CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(path) ?? string.Empty;
        var written = (JsonObject)document.Value;
        var variables = new ServerlessVariables(folder, written, options.Substitutions);
        var service = (JsonObject)await variables.ResolveAsync(written, cancellationToken);
        var functions = new TemplateFunctions(Resources(service), options.Substitutions, Name(service));
        var machines = new List<TemplateMachine>();
        var triggers = new List<TemplateTrigger>();
        foreach ((string key, JsonValue value) in (service["stepFunctions"] as JsonObject)?["stateMachines"] as JsonObject ?? JsonObject.Empty)
        {
            var machine = value as JsonObject ?? throw new TemplateException(path, $"the state machine {key} is not an object.");
            string name = (functions.Resolve(machine["name"] ?? key) as JsonString)?.Value ?? key;
            JsonValue definition = machine["definition"] ?? throw new TemplateException(path, $"the state machine {key} has no definition.");
            string at = $"{Machines}/{key}/definition";
            string text = functions.Resolve(definition) is var resolved && resolved is JsonString { Value: var json } ? json : resolved.ToIndentedString();
            machines.Add(new(
                new(name, path, DefinitionReader.ReadPart(text, options.Substitutions, location => document.Positions.Find(location is null or "/" ? at : at + location))),
                machine.Text("type")?.Equals("EXPRESS", StringComparison.OrdinalIgnoreCase) == true));
            triggers.AddRange((machine["events"] as JsonArray ?? JsonArray.Empty).OfType<JsonObject>().SelectMany(static one => one)
                .Select((one, index) => new TemplateTrigger(name, $"{key}-{index + 1}", Kind(one.Key), functions.Resolve(one.Value) as JsonObject ?? JsonObject.Create((one.Key, functions.Resolve(one.Value))))));
        }

        return new()
        {
            Kind = "serverless.yml",
            Machines = machines,
            Triggers = triggers,
            Tables = CloudFormationCode.Tables(functions, functions.Names.Ids.Select(id => (id, new JsonObjectBuilder().Set("Properties", functions.Names.Properties(id)).Build()))),
            Decisions = [.. variables.Decisions, .. functions.Decisions],
        };
    }

    private static string Kind(string name) => name switch
    {
        "schedule" => "Schedule",
        "http" => "Api",
        "cloudwatchEvent" or "eventBridge" => "EventBridgeRule",
        _ => name,
    };

    private static string Name(JsonObject service) => (service["service"] as JsonString ?? (service["service"] as JsonObject)?["name"] as JsonString)?.Value ?? "service";

    /// <summary>The CloudFormation template that the framework would make, with the resources that are referred to. Its functions have their own ids.</summary>
    private static JsonObject Resources(JsonObject service)
    {
        var resources = new JsonObjectBuilder();
        string stage = ((service["provider"] as JsonObject)?["stage"] as JsonString)?.Value ?? "dev";
        foreach ((string key, JsonValue value) in service["functions"] as JsonObject ?? JsonObject.Empty)
        {
            JsonValue name = (value as JsonObject)?["name"] ?? $"{Name(service)}-{stage}-{key}";
            JsonObject function = JsonObject.Create(("Type", "AWS::Lambda::Function"), ("Properties", JsonObject.Create(("FunctionName", name))));

            // The plugin also accepts the function's own key.
            resources.Set(key, function).Set(LogicalId(key), function);
        }

        var own = service["resources"] as JsonObject;
        foreach ((string id, JsonValue resource) in own?["Resources"] as JsonObject ?? JsonObject.Empty)
        {
            resources.Set(id, resource);
        }

        foreach ((string id, JsonValue activity) in Activities(service))
        {
            resources.Set(id, activity);
        }

        return new JsonObjectBuilder().Set("Resources", resources.Build())
            .SetIfPresent("Parameters", own?["Parameters"]).SetIfPresent("Conditions", own?["Conditions"]).SetIfPresent("Mappings", own?["Mappings"]).Build();
    }

    private static IEnumerable<(string Id, JsonValue Activity)> Activities(JsonObject service) =>
        ((service["stepFunctions"] as JsonObject)?["activities"] as JsonArray ?? JsonArray.Empty).OfType<JsonString>()
            .Select(static name => (LogicalName(name.Value) + "StepFunctionsActivity", (JsonValue)JsonObject.Create(("Type", "AWS::StepFunctions::Activity"), ("Properties", JsonObject.Create(("Name", name))))));

    private static string LogicalId(string key) => LogicalName(key) + "LambdaFunction";

    /// <summary>The logical id that the framework makes: a capital first, and Dash and Underscore for these characters.</summary>
    private static string LogicalName(string key) => key.Length == 0 ? key
        : char.ToUpperInvariant(key[0]) + key[1..].Replace("-", "Dash", StringComparison.Ordinal).Replace("_", "Underscore", StringComparison.Ordinal);
}
