using System.ComponentModel.DataAnnotations;
using StepFlow.Integrations.Configuration;
using StepFlow.Language.Json;
using StepFlow.Local.Failures;
using StepFlow.Local.Sources;

namespace StepFlow.Local.Configuration;

/// <summary>
/// The configuration file, <c>stepflow.json</c>: the members of its one object are the settings that on Azure stand
/// under <c>StepFlow:</c>. Environment variables (<c>StepFlow__Server__Port</c>) go before it.
/// </summary>
internal static class ConfigurationFile
{
    public const string DefaultName = "stepflow.json";

    /// <summary>The section that all settings stand in.</summary>
    public const string Section = "StepFlow";

    private static readonly string[] Known =
        ["Server", "StateMachines", "Video", .. typeof(IntegrationOptions).GetProperties().Select(property => property.Name)];

    /// <summary>Reads the configuration.</summary>
    /// <param name="path">The file; null for <see cref="DefaultName"/> where there is one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">The file is missing, is not JSON, or has settings that nobody knows.</exception>
    public static async Task<LoadedConfiguration> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        var builder = new ConfigurationBuilder();
        string folder = Directory.GetCurrentDirectory();
        if (path is not null || File.Exists(DefaultName))
        {
            path ??= DefaultName;
            folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            builder.AddInMemoryCollection(Flatten(Section, Check(path, Parse(path, await TextSource.ReadFileAsync(path, cancellationToken)))));
        }

        return new(builder.AddEnvironmentVariables().Build(), path, folder);
    }

    private static JsonObject Parse(string path, string text)
    {
        try
        {
            return JsonValue.Parse(text) as JsonObject
                ?? throw new CommandException(ExitCodes.InvalidConfiguration, $"{path}: the configuration must be a JSON object.");
        }
        catch (JsonFormatException e)
        {
            throw new CommandException(ExitCodes.InvalidConfiguration, $"{path}:{e.Line}:{e.Column}: not JSON: {e.Reason}", e);
        }
    }

    private static JsonObject Check(string path, JsonObject settings)
    {
        string[] unknown = [.. settings.Select(member => member.Key).Where(name => name[..1] != "$" && !Known.Contains(name, StringComparer.OrdinalIgnoreCase))];
        return unknown.Length == 0
            ? settings
            : throw new CommandException(
                ExitCodes.InvalidConfiguration,
                $"{path}: unknown setting {string.Join(", ", unknown)}. Known are {string.Join(", ", Known.Order(StringComparer.Ordinal))}.");
    }

    private static IEnumerable<KeyValuePair<string, string?>> Flatten(string key, JsonValue value) => value switch
    {
        JsonObject members when members.Count > 0 => members.SelectMany(member => Flatten($"{key}:{member.Key}", member.Value)),
        JsonArray items when items.Count > 0 => items.SelectMany((item, index) => Flatten($"{key}:{index}", item)),
        JsonString text => [new(key, text.Value)],
        JsonBoolean flag => [new(key, flag.Value ? "true" : "false")],
        JsonNumber number => [new(key, number.Text)],
        _ => [new(key, string.Empty)],
    };
}

/// <summary>The configuration, and where it came from.</summary>
/// <param name="Root">All settings; those of StepFlow stand in <see cref="ConfigurationFile.Section"/>.</param>
/// <param name="Path">The file; null where there is none.</param>
/// <param name="Folder">What paths in the file are relative to.</param>
internal sealed record LoadedConfiguration(IConfigurationRoot Root, string? Path, string Folder)
{
    /// <summary>The settings of StepFlow.</summary>
    public IConfigurationSection Settings => Root.GetSection(ConfigurationFile.Section);

    /// <summary>A section as an object.</summary>
    /// <exception cref="CommandException">A setting is unknown, or its value does not fit.</exception>
    public T Bind<T>(string section)
        where T : class, new()
    {
        string[] known = [.. typeof(T).GetProperties().Select(property => property.Name)];
        string[] unknown = [.. Settings.GetSection(section).GetChildren().Select(child => child.Key).Except(known, StringComparer.OrdinalIgnoreCase)];
        if (unknown.Length > 0)
        {
            throw Wrong(section, $"unknown setting {string.Join(", ", unknown)}. Known are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        }

        var options = new T();
        try
        {
            Settings.GetSection(section).Bind(options);
        }
        catch (InvalidOperationException e)
        {
            throw Wrong(section, e.Message, e);
        }

        var problems = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new(options), problems, validateAllProperties: true)
            ? options
            : throw Wrong(section, string.Join(" ", problems.Select(problem => problem.ErrorMessage)));
    }

    private CommandException Wrong(string section, string problem, Exception? inner = null) =>
        new(ExitCodes.InvalidConfiguration, $"{Path ?? "environment"}: {section}: {problem}", inner);
}
