using System.CommandLine;
using StepFlow.Local.Configuration;
using StepFlow.Local.Sources;

namespace StepFlow.Local.Commands;

/// <summary>Options and arguments that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>The default server: that in STEPFLOW_SERVER, otherwise the default port of <c>serve</c>.</summary>
    private const string DefaultServer = "http://127.0.0.1:7071";

    public static Option<bool> Json { get; } = new("--json") { Description = "Write JSON, for other programs." };

    /// <summary>Whether tables have their full width, also in a narrow terminal.</summary>
    public static Option<string?> Wide { get; } = CreateWide();

    public static Option<string?> Input { get; } = new("--input", "-i")
    {
        Description = "The input: a file, - for standard input, or the JSON itself. Default {}.",
        HelpName = "FILE|JSON",
    };

    public static Option<string?> Name { get; } = new("--name", "-n") { Description = "The execution's name. Default a new one.", HelpName = "NAME" };

    public static Option<string> Server { get; } = new("--server", "-s")
    {
        Description = "The server. Default $STEPFLOW_SERVER or " + DefaultServer + ". If the server has access keys, set STEPFLOW_ACCESS_KEY_ID and STEPFLOW_SECRET_ACCESS_KEY.",
        HelpName = "URL",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("STEPFLOW_SERVER") is { Length: > 0 } server ? server : DefaultServer,
    };

    public static Option<string?> Configuration { get; } = new("--config", "-c")
    {
        Description = "The configuration file: functions, connections, state machines. Default stepflow.json, if it exists.",
        HelpName = "FILE",
    };

    public static Argument<string> OfMachine { get; } = new("MACHINE") { Description = "The state machine, by name or ARN." };

    public static Option<string?> Error { get; } = new("--error") { Description = "The error name to record.", HelpName = "NAME" };

    public static Option<string?> Cause { get; } = new("--cause") { Description = "The cause to record.", HelpName = "TEXT" };

    public static Argument<string> Execution { get; } = new("EXECUTION") { Description = "The execution: MACHINE/NAME or its ARN." };

    public static Option<string[]> Substitute { get; } = new("--substitute")
    {
        Description = "The value of ${NAME} in definitions, like DefinitionSubstitutions. Can be repeated.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = static _ => [],
    };

    public static Option<string?> Machine { get; } = new("--machine") { Description = "The state machine to use, if the file has several.", HelpName = "NAME" };

    /// <summary>Adds the given error and cause to a request.</summary>
    public static JsonObjectBuilder AddError(ParseResult arguments, JsonObjectBuilder request) =>
        request.SetIfPresent("error", arguments.GetValue(Error)).SetIfPresent("cause", arguments.GetValue(Cause));

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="CommandException">It cannot be read, or is wrong.</exception>
    public static Task<LoadedConfiguration> ReadConfigurationAsync(ParseResult arguments, CancellationToken cancellationToken) =>
        ConfigurationFile.ReadAsync(arguments.GetValue(Configuration), cancellationToken);

    /// <summary>The options for reading definitions.</summary>
    /// <exception cref="CommandException">A substitution has no name.</exception>
    public static SourceOptions ReadSource(ParseResult arguments)
    {
        var values = new Dictionary<string, string>();
        foreach (string pair in arguments.GetValue(Substitute) ?? [])
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw new CommandException(ExitCodes.Usage, $"--substitute {pair}: write NAME=VALUE.");
            }

            values[pair[..at]] = pair[(at + 1)..];
        }

        return new() { Substitutions = values, Machine = arguments.GetValue(Machine) };
    }

    /// <summary>An argument or option whose text must not be empty.</summary>
    public static string Require(ParseResult arguments, Argument<string> argument) => arguments.GetRequiredValue(argument) is { Length: > 0 } text
        ? text
        : throw new CommandException(ExitCodes.Usage, $"{argument.Name} is empty.");

    private static Option<string?> CreateWide()
    {
        var option = new Option<string?>("--output", "-o") { Description = "wide shows whole columns. By default a table is cut at the width of the terminal.", HelpName = "wide" };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var layout }, ..] && !layout.Equals("wide", StringComparison.OrdinalIgnoreCase))
            {
                result.AddError($"--output {layout}: must be wide. For JSON, use --json.");
            }
        });
        return option;
    }

    /// <summary>An option that takes one of several words, in upper or lower case.</summary>
    public static Option<string?> CreateChoice(string name, string description, string helpName, params string[] choices)
    {
        string known = string.Join(", ", choices);
        var option = new Option<string?>(name) { Description = $"{description}: {known}.", HelpName = helpName };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }, ..] && !choices.Contains(given, StringComparer.OrdinalIgnoreCase))
            {
                result.AddError($"{name} {given}: must be one of {known}.");
            }
        });
        return option;
    }

    /// <summary>How many items to show.</summary>
    public static Option<int> CreateLimit(string description, int standard)
    {
        var option = new Option<int>("--limit") { Description = description, DefaultValueFactory = _ => standard, HelpName = "COUNT" };
        option.Validators.Add(static result =>
        {
            // The parser reports a value that is not a number. Reading it here would throw.
            if (result.Tokens is [{ Value: var text }, ..] && int.TryParse(text, out int limit) && limit < 1)
            {
                result.AddError("--limit must be 1 or more.");
            }
        });
        return option;
    }
}
