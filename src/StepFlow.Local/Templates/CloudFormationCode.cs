namespace StepFlow.Local.Templates;

/// <summary>The settings that can be read from a CloudFormation template: functions whose code is beside it, and the keys of tables.</summary>
internal static class CloudFormationCode
{
    /// <summary>The files that a handler of Python or Node may be in.</summary>
    private static readonly Dictionary<string, string[]> Suffixes = new() { ["python"] = [".py"], ["nodejs"] = [".js", ".mjs", ".cjs"] };

    /// <summary>Functions by name, as <c>Functions</c> configures them. Paths are full.</summary>
    public static Dictionary<string, JsonObject> Functions(string path, TemplateFunctions functions, IEnumerable<(string Id, JsonObject Resource)> resources)
    {
        var found = new Dictionary<string, JsonObject>();
        foreach ((string id, JsonObject resource) in resources.Where(one => functions.Names.Type(one.Id) == "AWS::Serverless::Function"))
        {
            JsonObject properties = resource["Properties"] as JsonObject ?? JsonObject.Empty;
            if (Handler(path, Property("CodeUri") ?? ".", Property("Handler"), Property("Runtime")) is not var (folder, file, entry))
            {
                continue;
            }

            var settings = new JsonObjectBuilder().Set("File", file).Set("Entry", entry).Set("WorkingDirectory", folder);
            JsonObject? variables = (Written("Environment") as JsonObject)?["Variables"] as JsonObject;
            settings.SetIfPresent("Environment", variables is null ? null : functions.Resolve(variables));
            found[functions.Names.Name(id)] = settings.Build();

            JsonValue? Written(string name) => properties[name] ?? Global(functions, name);
            string? Property(string name) => Written(name) is { } value && functions.Resolve(value) is JsonString { Value: var text } ? text : null;
        }

        return found;

        JsonValue? Global(TemplateFunctions of, string name) => ((of.Template["Globals"] as JsonObject)?["Function"] as JsonObject)?[name];
    }

    /// <summary>Tables by name, as <c>Tables</c> configures them.</summary>
    public static Dictionary<string, JsonObject> Tables(TemplateFunctions functions, IEnumerable<(string Id, JsonObject Resource)> resources)
    {
        var found = new Dictionary<string, JsonObject>();
        foreach ((string id, JsonObject resource) in resources)
        {
            JsonObject properties = functions.Resolve(resource["Properties"] ?? JsonObject.Empty) as JsonObject ?? JsonObject.Empty;
            (string? partition, string? sort) = functions.Names.Type(id) switch
            {
                "AWS::DynamoDB::Table" or "AWS::DynamoDB::GlobalTable" => (Key(properties, "HASH"), Key(properties, "RANGE")),
                "AWS::Serverless::SimpleTable" => (((properties["PrimaryKey"] as JsonObject)?["Name"] as JsonString)?.Value ?? "id", null),
                _ => (null, null),
            };
            if (partition is not null)
            {
                found[functions.Names.Name(id)] = new JsonObjectBuilder().Set("PartitionKey", partition).SetIfPresent("SortKey", sort).Build();
            }
        }

        return found;
    }

    private static string? Key(JsonObject properties, string kind) => ((properties["KeySchema"] as JsonArray ?? JsonArray.Empty).OfType<JsonObject>()
        .FirstOrDefault(key => key.Text("KeyType") == kind)?["AttributeName"] as JsonString)?.Value;

    /// <summary>The file of a handler <c>file.function</c>, where it is there and this host runs its language.</summary>
    private static (string Folder, string File, string Entry)? Handler(string template, string code, string? handler, string? runtime)
    {
        string[] suffixes = Suffixes.FirstOrDefault(one => runtime?.StartsWith(one.Key, StringComparison.Ordinal) == true).Value ?? [];
        int at = handler?.LastIndexOf('.') ?? -1;
        if (suffixes.Length == 0 || at < 1)
        {
            return null;
        }

        string folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(template))!, code));
        return suffixes.Select(suffix => handler![..at] + suffix).FirstOrDefault(file => File.Exists(Path.Combine(folder, file))) is { } found
            ? (folder, found, handler![(at + 1)..])
            : null;
    }
}
