using StepFlow.Integrations.Resources;
using StepFlow.Local.Templates;

namespace StepFlow.Local.Imports;

/// <summary>The configuration of an imported template: the settings in the template, and mocks for the Resources that the user must set.</summary>
/// <param name="folder">The folder that the configuration is for: paths are relative to it.</param>
internal sealed class ImportedSettings(Template template, string folder)
{
    private const string FunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:";

    private readonly SortedDictionary<string, JsonValue> _functions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonValue> _tables = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonValue> _resources = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonValue> _triggers = new(StringComparer.Ordinal);
    private bool _hasStorage;

    /// <summary>Adds the settings in the template.</summary>
    public void AddKnown()
    {
        foreach ((string name, JsonObject settings) in template.Functions)
        {
            string code = settings.RequiredText("WorkingDirectory");
            _functions[name] = settings.With("WorkingDirectory", Path.GetRelativePath(folder, code));
        }

        foreach ((string name, JsonObject settings) in template.Tables)
        {
            _tables[name] = settings;
        }
    }

    /// <summary>Adds what starts the machines.</summary>
    public void AddTriggers(IEnumerable<ImportedTrigger> triggers)
    {
        foreach (ImportedTrigger trigger in triggers.Where(static one => one.Settings is not null))
        {
            _triggers[trigger.Name] = trigger.Settings!;
            _hasStorage |= trigger.Settings!.ContainsKey("Container");
        }
    }

    /// <summary>Adds a setting for a Resource that calls nothing yet.</summary>
    /// <param name="missing">The missing settings, from the catalogue of Resources.</param>
    /// <returns>The decision that the user has to make.</returns>
    public string AddMissing(string resource, ResourceView missing)
    {
        JsonObject wanted = JsonValue.ParseOrNull($"{{{missing.Missing}}}") as JsonObject ?? JsonObject.Empty;
        (string section, JsonValue settings) = wanted.FirstOrDefault();
        string name = (settings as JsonObject)?.FirstOrDefault().Key ?? resource;
        switch (section)
        {
            case "Storage":
                _hasStorage = true;
                return "Blobs and queues: Storage:ConnectionString uses the storage emulator. Set it to the storage account that has the containers.";
            case "Tables":
                _tables.TryAdd(name, JsonObject.Create(("PartitionKey", "id")));
                return $"The table {name}: 'id' is assumed as its partition key. If that is wrong, change Tables:{name}.";
            case "Functions":
                _resources.TryAdd(FunctionArn + name, JsonObject.Create(("Mock", JsonObject.Empty)));
                return $"The function {name}: it returns {{}}. Replace its entry in Resources with Functions:{name} with Url, Command or File.";
            default:
                _resources.TryAdd(name, JsonObject.Create(("Mock", JsonObject.Empty)));
                return $"{name}: it returns {{}}. Give its entry in Resources a Url, a Command or a Function.";
        }
    }

    public JsonObject Build()
    {
        var machines = new JsonObjectBuilder().Set("Folder", ImportFolder.Machines);
        JsonValue[] express = [.. template.Machines.Where(static one => one.IsExpress).Select(static one => (JsonValue)one.Definition.Name)];
        machines.SetIfPresent("Express", express.Length > 0 ? JsonArray.From(express) : null);
        return new JsonObjectBuilder()
            .SetIfPresent("Functions", Section(_functions))
            .SetIfPresent("Resources", Section(_resources))
            .SetIfPresent("Storage", _hasStorage ? JsonObject.Create(("ConnectionString", "UseDevelopmentStorage=true")) : null)
            .SetIfPresent("Tables", Section(_tables))
            .Set("StateMachines", machines.Build())
            .SetIfPresent("Triggers", Section(_triggers))
            .Build();
    }

    private static JsonObject? Section(SortedDictionary<string, JsonValue> members) =>
        members.Count == 0 ? null : members.Aggregate(new JsonObjectBuilder(members.Count), static (builder, member) => builder.Set(member.Key, member.Value)).Build();
}
