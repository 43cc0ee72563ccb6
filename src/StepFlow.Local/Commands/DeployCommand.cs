using System.CommandLine;
using StepFlow.Language;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Local.Client;
using StepFlow.Local.Failures;
using StepFlow.Local.Sources;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow deploy PATH</c>: brings definitions to a server.</summary>
internal static class DeployCommand
{
    /// <summary>The role that a machine names where nothing else is said; StepFlow does not use it.</summary>
    public const string DefaultRole = "arn:aws:iam::123456789012:role/stepflow";

    private const string Suffix = ".asl.json";

    private static readonly Argument<string> Source = new("PATH") { Description = "A definition, or a folder of definitions NAME.asl.json." };

    private static readonly Option<string?> Name = new("--name", "-n") { Description = "The machine's name. Default the file's name up to its first dot.", HelpName = "NAME" };

    private static readonly Option<bool> Express = new("--express") { Description = "Create Express machines. The type of one that exists stays." };

    private static readonly Option<string> Role = new("--role") { Description = "The role that new machines name.", HelpName = "ARN", DefaultValueFactory = _ => DefaultRole };

    private static readonly Option<bool> Publish = new("--publish") { Description = "Publish a version of what changed." };

    private static readonly Option<string?> Alias = new("--alias") { Description = "Publish a version, and lead this alias to it.", HelpName = "NAME" };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show what would change." };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "deploy",
            "Creates state machines on a server, or updates those whose definition changed. Every definition is checked first.",
            "stepflow deploy order.asl.json",
            "stepflow deploy machines --dry-run",
            "stepflow deploy machines --alias live --server https://stepflow.example.com")
        {
            Source, Name, Express, Role, Publish, Alias, DryRun, CommonOptions.Server, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        StateMachineType type = arguments.GetValue(Express) ? StateMachineType.Express : StateMachineType.Standard;
        var definitions = new List<(string Name, string Text)>();
        foreach ((string name, string file) in Find(CommonOptions.Require(arguments, Source), arguments.GetValue(Name)))
        {
            CheckedDefinition definition = await DefinitionSource.RequireAsync(file, type, Limits.None, integrations: null, arguments.InvocationConfiguration.Error, cancellationToken);
            definitions.Add((name, definition.Text));
        }

        using var client = new ServerClient(arguments.GetRequiredValue(CommonOptions.Server));
        var results = new List<JsonObject>();
        foreach ((string name, string text) in definitions)
        {
            results.Add(await DeployAsync(arguments, client, name, text, type, cancellationToken));
        }

        new CommandOutput(arguments).Write(JsonArray.From(results), output => ListCommand.Write(output, results, "name", "action", "version"));
        return ExitCodes.Success;
    }

    private static (string Name, string File)[] Find(string path, string? name)
    {
        if (!Directory.Exists(path))
        {
            return [(name ?? Path.GetFileName(path).Split('.')[0], path)];
        }

        (string, string)[] files = [.. Directory.EnumerateFiles(path, "*" + Suffix).Order(StringComparer.Ordinal).Select(static file => (Path.GetFileName(file)[..^Suffix.Length], file))];
        return (files.Length, name) switch
        {
            (0, _) => throw new CommandException(ExitCodes.InvalidInput, $"{path}: no file is called NAME{Suffix}."),
            (_, not null) => throw new CommandException(ExitCodes.Usage, "--name goes with one definition, not with a folder."),
            _ => files,
        };
    }

    private static async Task<JsonObject> DeployAsync(
        ParseResult arguments, ServerClient client, string name, string text, StateMachineType type, CancellationToken cancellationToken)
    {
        JsonObject? existing = await client.FindAsync(ExecutionPath.Machine(name) + "?payloads=text", cancellationToken);
        string action = existing is null ? "create" : (existing["definition"] as JsonString)?.Value == text ? "unchanged" : "update";
        if (arguments.GetValue(DryRun))
        {
            return JsonObject.Create(("name", name), ("action", action), ("version", string.Empty));
        }

        if (action == "create")
        {
            await client.PostAsync(
                "api/statemachines",
                JsonObject.Create(("name", name), ("definition", text), ("roleArn", arguments.GetRequiredValue(Role)), ("type", type == StateMachineType.Express ? "EXPRESS" : "STANDARD")),
                cancellationToken);
        }
        else if (action == "update")
        {
            await client.PatchAsync(ExecutionPath.Machine(name), JsonObject.Create(("definition", text)), cancellationToken);
        }

        return JsonObject.Create(
            ("name", name),
            ("action", action switch { "create" => "created", "update" => "updated", _ => action }),
            ("version", await PublishAsync(arguments, client, name, action, cancellationToken)));
    }

    /// <summary>Publishes where asked to; publishing what has not changed gives the version that is there.</summary>
    private static async Task<string> PublishAsync(ParseResult arguments, ServerClient client, string name, string action, CancellationToken cancellationToken)
    {
        string? alias = arguments.GetValue(Alias);
        if (alias is null && (!arguments.GetValue(Publish) || action == "unchanged"))
        {
            return string.Empty;
        }

        JsonObject published = await client.PostAsync(ExecutionPath.Machine(name) + "/versions", JsonObject.Empty, cancellationToken);
        string version = client.Member<JsonString>(published, "stateMachineVersionArn").Value;
        if (alias is not null)
        {
            JsonArray route = JsonArray.From([JsonObject.Create(("stateMachineVersionArn", version), ("weight", JsonNumber.Create(100)))]);
            string path = $"{ExecutionPath.Machine(name)}/aliases/{Uri.EscapeDataString(alias)}";
            if (await client.FindAsync(path, cancellationToken) is null)
            {
                await client.PostAsync("api/aliases", JsonObject.Create(("name", alias), ("routingConfiguration", route)), cancellationToken);
            }
            else
            {
                await client.PatchAsync(path, JsonObject.Create(("routingConfiguration", route)), cancellationToken);
            }
        }

        return version[(version.LastIndexOf(':') + 1)..];
    }
}
