using StepFlow.Integrations.Resources;
using StepFlow.Language;
using StepFlow.Local.Configuration;
using StepFlow.Local.Definitions;
using StepFlow.Local.Serving;
using StepFlow.Local.Templates;

namespace StepFlow.Local.Imports;

/// <summary>Writes an imported template: definitions, a configuration that can be used immediately, the triggers of the state machines, and a report.</summary>
/// <param name="overwrite">Whether existing files are overwritten.</param>
internal sealed class ImportFolder(string path, bool overwrite)
{
    public const string Machines = "machines";
    public const string Configuration = "stepflow.json";
    public const string Triggers = "triggers.json";
    public const string Report = "REPORT.md";

    /// <summary>Writes a template.</summary>
    /// <exception cref="CommandException">A file is there already.</exception>
    public async Task<ImportResult> WriteAsync(string source, Template template, CancellationToken cancellationToken)
    {
        CheckedDefinition[] machines = [.. template.Machines.Select(static one => DefinitionSource.Check(one.Definition, one.IsExpress ? StateMachineType.Express : StateMachineType.Standard))];
        var settings = new ImportedSettings(template, Path.GetFullPath(path));
        settings.AddKnown();
        ImportedTrigger[] triggers = [.. template.Triggers.Select(ImportedTrigger.Of)];
        settings.AddTriggers(triggers);
        var files = new List<(string Name, string Text)> { (Configuration, Text(settings.Build())) };
        files.AddRange(machines.Select(static one => ($"{Machines}/{one.Name}.asl.json", Indented(one.Text))));
        if (triggers.Any(static one => one.Settings is null))
        {
            files.Add((Triggers, Text(JsonArray.From(triggers.Where(static one => one.Settings is null).Select(static one => ToJson(one.Source))))));
        }

        Refuse(files.Select(static one => one.Name).Append(Report));
        await WriteAsync(files, cancellationToken);

        // The catalogue knows what is missing in the written configuration. It is added, and the file is written again.
        IReadOnlyList<string> missing = await AddMissingAsync(machines, settings, cancellationToken);
        await WriteAsync([(Configuration, Text(settings.Build()))], cancellationToken);
        var result = new ImportResult(template, machines, triggers, [.. template.Decisions, .. missing], [.. files.Select(static one => one.Name), Report]);
        await WriteAsync([(Report, ImportReport.Write(source, result))], cancellationToken);
        return result;
    }

    private static string Text(JsonValue value) => value.ToIndentedString() + "\n";

    // A text that is not JSON is written unchanged. Its findings name the positions of the errors.
    private static string Indented(string text) => JsonValue.ParseOrNull(text) is { } value ? Text(value) : text;

    private static JsonObject ToJson(TemplateTrigger trigger) => JsonObject.Create(("machine", trigger.Machine), ("id", trigger.Id), ("kind", trigger.Kind), ("settings", trigger.Settings));

    private void Refuse(IEnumerable<string> files)
    {
        if (!overwrite && files.FirstOrDefault(name => File.Exists(Path.Combine(path, name))) is { } present)
        {
            throw new CommandException(ExitCodes.InvalidInput, $"{Path.Combine(path, present)} exists already. Choose another folder with --output, or replace it with --force.");
        }
    }

    private async Task WriteAsync(IEnumerable<(string Name, string Text)> files, CancellationToken cancellationToken)
    {
        foreach ((string name, string text) in files)
        {
            string file = Path.Combine(path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> AddMissingAsync(IEnumerable<CheckedDefinition> machines, ImportedSettings settings, CancellationToken cancellationToken)
    {
        LoadedConfiguration configuration = await ConfigurationFile.ReadAsync(Path.Combine(path, Configuration), cancellationToken);
        await using ServiceProvider services = LocalServices.BuildTasks(configuration);
        ResourceCatalog catalog = services.GetRequiredService<ResourceCatalog>();
        var decisions = new List<string>();
        foreach ((_, string resource, JsonObject? given) in machines.Select(static one => JsonValue.ParseOrNull(one.Text)).OfType<JsonObject>().SelectMany(ResourceList.Of))
        {
            ResourceView view = catalog.Describe(TaskResource.Parse(resource), given);
            if (view.Missing is not null)
            {
                decisions.Add(settings.AddMissing(resource, view));
            }
        }

        return [.. decisions.Distinct()];
    }
}
