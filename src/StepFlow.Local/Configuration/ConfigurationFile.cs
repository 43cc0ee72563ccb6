using StepFlow.Local.Sources;
using StepFlow.Runtime.Configuration;
using StepFlow.Service.Configuration;
using StepFlow.VideoPipeline;
using StepFlow.VideoPipeline.Configuration;

namespace StepFlow.Local.Configuration;

/// <summary>
/// The configuration file, <c>stepflow.json</c>. The members of its object are the settings that have the prefix
/// <c>StepFlow:</c> on Azure. A member's name can be a whole path, as in messages (<c>Server:Port</c>,
/// <c>StepFlow:Server:Port</c>, <c>StepFlow__Server__Port</c>). Environment variables override the file.
/// </summary>
internal static class ConfigurationFile
{
    public const string DefaultName = "stepflow.json";

    /// <summary>The section of all settings.</summary>
    public const string Section = "StepFlow";

    /// <summary>The settings that exist.</summary>
    public static readonly SettingsSection[] Sections =
    [
        .. HostSettings.Sections, new("Server", typeof(ServerOptions)), new("Video", typeof(VideoPipelineOptions)),
    ];

    /// <summary>Reads the configuration and checks all of it.</summary>
    /// <param name="path">The file; null for <see cref="DefaultName"/>, if it exists.</param>
    /// <exception cref="CommandException">The file is missing or is not JSON, or settings are unknown or invalid. The message lists all of them.</exception>
    public static async Task<LoadedConfiguration> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        var builder = new ConfigurationBuilder();
        string folder = Directory.GetCurrentDirectory();
        if (path is not null || File.Exists(DefaultName))
        {
            path ??= DefaultName;
            folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            builder.AddInMemoryCollection(Flatten(Section, Parse(path, await TextSource.ReadFileAsync(path, cancellationToken))));
        }

        var loaded = new LoadedConfiguration(builder.AddEnvironmentVariables().Build(), path, folder);
        IReadOnlyList<string> problems = HostSettings.Check(loaded.Settings, Sections, services => services.AddStepFlowVideoPipeline(loaded.Settings), loaded.Describe);
        return problems.Count == 0
            ? loaded
            : throw new CommandException(ExitCodes.InvalidConfiguration, $"the configuration has errors:{string.Concat(problems.Select(static problem => "\n  " + problem))}");
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

    private static IEnumerable<KeyValuePair<string, string?>> Flatten(string key, JsonValue value) => value switch
    {
        JsonObject members when members.Count > 0 => members.Where(static member => !member.Key.StartsWith('$')).SelectMany(member => Flatten(Join(key, member.Key), member.Value)),
        JsonArray items when items.Count > 0 => items.SelectMany((item, index) => Flatten($"{key}:{index}", item)),
        JsonString text => [new(key, text.Value)],
        JsonBoolean flag => [new(key, flag.Value ? "true" : "false")],
        JsonNumber number => [new(key, number.Text)],
        JsonNull => [],
        _ => [new(key, string.Empty)],
    };

    private static string Join(string key, string name)
    {
        string path = name.Replace("__", ":", StringComparison.Ordinal);
        return key == Section && (path == Section || path.StartsWith(Section + ":", StringComparison.OrdinalIgnoreCase)) ? path : $"{key}:{path}";
    }
}
