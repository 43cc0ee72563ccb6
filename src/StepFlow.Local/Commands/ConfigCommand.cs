using System.CommandLine;
using StepFlow.Local.Configuration;
using StepFlow.Local.Terminals;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow config show</c>: the validated settings.</summary>
internal static class ConfigCommand
{
    private static readonly string[] Secrets = ["Secret", "Password", "Key", "ConnectionString", "ApiKeyValue", "ClientSecret", "CertificatePassword"];

    public static Command Create() => new Command("config", "Shows the configuration.")
    {
        new ExampleCommand(
            "show",
            "Validates the configuration and shows every setting of the file and of environment variables. Secrets are not shown.",
            "stepflow config show",
            "stepflow config show --config stepflow.json")
        {
            CommonOptions.Configuration, CommonOptions.Wide,
        }.Runs(RunAsync).WithoutCryptography(),
    };

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        LoadedConfiguration configuration = await CommonOptions.ReadConfigurationAsync(arguments, cancellationToken);
        var table = new TextTable("SETTING", "VALUE", "FROM");
        foreach ((string key, string? value) in configuration.Settings.AsEnumerable(makePathsRelative: true).Where(static pair => pair.Value is not null).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            table.Add(key, IsSecret(key) ? "(secret)" : value!, configuration.SourceOf(key));
        }

        new CommandOutput(arguments).WriteTable(arguments.InvocationConfiguration.Output, table);
        return ExitCodes.Success;
    }

    // Environment variables of programs, headers and connections can also be secrets.
    private static bool IsSecret(string key)
    {
        string[] parts = key.Split(':');
        return Secrets.Contains(parts[^1], StringComparer.OrdinalIgnoreCase)
            || parts.Intersect(["Environment", "Headers", "QueryParameters"], StringComparer.OrdinalIgnoreCase).Any();
    }
}
