using StepFlow.Runtime.Configuration;
using StepFlow.Service.Configuration;

namespace StepFlow.Local.Configuration;

/// <summary>The validated configuration, and its source.</summary>
/// <param name="Root">All settings. Those of StepFlow are in <see cref="ConfigurationFile.Section"/>.</param>
/// <param name="Path">The file; null if there is none.</param>
/// <param name="Folder">What paths in the file are relative to.</param>
internal sealed record LoadedConfiguration(IConfigurationRoot Root, string? Path, string Folder)
{
    private const string Environment = "environment";

    /// <summary>The settings of StepFlow.</summary>
    public IConfigurationSection Settings => Root.GetSection(ConfigurationFile.Section);

    /// <summary>The service's settings, which are at the top level. Paths are absolute.</summary>
    public ServiceSettings Service
    {
        get
        {
            ServiceSettings settings = Settings.Get<ServiceSettings>() ?? new();
            settings.MockConfigurationFile = Resolve(settings.MockConfigurationFile);
            return settings;
        }
    }

    /// <summary>A section as an object.</summary>
    public T Bind<T>(string section)
        where T : class, new() => Settings.GetSection(section).Get<T>() ?? new();

    /// <summary>A path of the configuration. It is relative to the folder of the file.</summary>
    public string? Resolve(string? path) => string.IsNullOrEmpty(path) ? null : System.IO.Path.Combine(Folder, path);

    /// <summary>An error, with its location.</summary>
    public string Describe(SettingProblem problem)
    {
        string source = SourceOf(problem.Setting);
        return $"{source}: {problem.Describe(source == Environment ? $"{ConfigurationFile.Section}__{problem.Setting.Replace(":", "__", StringComparison.Ordinal)}" : problem.Setting)}";
    }

    /// <summary>The source of a setting: the file, or the environment.</summary>
    public string SourceOf(string setting)
    {
        string key = $"{ConfigurationFile.Section}:{setting}";
        return Root.Providers.LastOrDefault(provider => Has(provider, key)) is Microsoft.Extensions.Configuration.EnvironmentVariables.EnvironmentVariablesConfigurationProvider
            ? Environment
            : Path ?? "configuration";
    }

    private static bool Has(IConfigurationProvider provider, string key) => provider.TryGet(key, out _) || provider.GetChildKeys([], key).Any();
}
