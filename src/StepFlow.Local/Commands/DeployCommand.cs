using System.CommandLine;
using StepFlow.Language;
using StepFlow.Language.Evaluation;
using StepFlow.Local.Client;
using StepFlow.Local.Definitions;
using StepFlow.Local.Sources;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow deploy PATH</c>: creates and updates state machines on a server.</summary>
internal static class DeployCommand
{
    /// <summary>The default role of state machines. StepFlow does not use it.</summary>
    public const string DefaultRole = "arn:aws:iam::123456789012:role/stepflow";

    private static readonly Argument<string> Source = new("PATH") { Description = "A definition, a template, or a folder of definitions NAME.asl.json or NAME.asl.yaml." };

    private static readonly Option<string?> Name = new("--name", "-n") { Description = "The machine's name. Default the name in the file, or the name of the file.", HelpName = "NAME" };

    private static readonly Option<bool> Express = new("--express") { Description = "Create Express machines. The type of an existing machine does not change." };

    private static readonly Option<string> Role = new("--role") { Description = "The role ARN of new machines.", HelpName = "ARN", DefaultValueFactory = _ => DefaultRole };

    private static readonly Option<bool> Publish = new("--publish") { Description = "Publish a version of each machine that changed." };

    private static readonly Option<string?> Alias = new("--alias") { Description = "Publish a version, and point this alias to it.", HelpName = "NAME" };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show what would change." };

    public static Command Create() => new ExampleCommand(
        "deploy",
        "Creates state machines on a server, and updates those whose definition changed. First it validates every definition, and shows what changes.",
        "stepflow deploy order.asl.json",
        "stepflow deploy machines --dry-run",
        "stepflow deploy machines --alias live --server https://stepflow.example.com")
    {
        Source, Name, Express, Role, Publish, Alias, DryRun, CommonOptions.Substitute, CommonOptions.Machine, CommonOptions.Server, CommonOptions.Wide, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        StateMachineType type = arguments.GetValue(Express) ? StateMachineType.Express : StateMachineType.Standard;
        var definitions = new List<(string Name, string Text)>();
        foreach (NamedDefinition read in await FindAsync(CommonOptions.Require(arguments, Source), arguments.GetValue(Name), CommonOptions.ReadSource(arguments), cancellationToken))
        {
            CheckedDefinition definition = await DefinitionSource.RequireAsync(read, type, Limits.None, integrations: null, arguments.InvocationConfiguration.Error);
            definitions.Add((definition.Name, definition.Text));
        }

        var results = new List<JsonObject>();
        foreach ((string name, string text) in definitions)
        {
            results.Add(await DeployAsync(arguments, client, name, text, type, cancellationToken));
        }

        new CommandOutput(arguments).Write(JsonArray.From(results), ListCommand.Table(results, "name", "action", "version"));
    }

    private static async Task<IReadOnlyList<NamedDefinition>> FindAsync(string path, string? name, SourceOptions source, CancellationToken cancellationToken)
    {
        bool isFolder = Directory.Exists(path);
        string[] files = isFolder ? DefinitionName.In(path) : [path];
        if (files.Length == 0)
        {
            throw new CommandException(ExitCodes.InvalidInput, $"{path}: the folder has no file NAME{string.Join(" or NAME", DefinitionName.Suffixes)}.");
        }

        var found = new List<NamedDefinition>();
        foreach (string file in files)
        {
            found.AddRange(await DefinitionSource.ReadAsync(file, source, cancellationToken));
        }

        if (name is not null)
        {
            return found.Count == 1 && !isFolder
                ? [found[0] with { Name = name }]
                : throw new CommandException(ExitCodes.Usage, "--name can be used with one definition, not with a folder or a template that has several.");
        }

        return found.CountBy(static one => one.Name).FirstOrDefault(static one => one.Value > 1) is { Key: { } twice }
            ? throw new CommandException(ExitCodes.InvalidInput, $"Several files define the machine {twice}: {string.Join(", ", found.Where(one => one.Name == twice).Select(static one => one.Path))}.")
            : found;
    }

    private static async Task<JsonObject> DeployAsync(
        ParseResult arguments, ServerClient client, string name, string text, StateMachineType type, CancellationToken cancellationToken)
    {
        JsonObject? existing = await client.FindAsync(ExecutionPath.Machine(name) + "?payloads=text", cancellationToken);
        string? before = existing is null ? null : client.Member<JsonString>(existing, "definition").Value;
        string action = before is null ? "create" : before == text ? "unchanged" : "update";
        IReadOnlyList<string> changes = action == "update" ? DefinitionChanges.Between(before!, text) : [];
        if (action == "update")
        {
            ShowChanges(arguments.InvocationConfiguration.Error, name, changes);
        }

        if (arguments.GetValue(DryRun))
        {
            return Result(name, action, string.Empty, changes);
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

        string version = await PublishAsync(arguments, client, name, action, cancellationToken);
        return Result(name, action switch { "create" => "created", "update" => "updated", _ => action }, version, changes);
    }

    private static JsonObject Result(string name, string action, string version, IReadOnlyList<string> changes) => JsonObject.Create(
        ("name", name), ("action", action), ("version", version), ("changes", JsonArray.From(changes.Select(static change => new JsonString(change)))));

    /// <summary>Shows the changes of an update, before it is made.</summary>
    private static void ShowChanges(TextWriter output, string name, IReadOnlyList<string> changes)
    {
        output.WriteLine(changes.Count == 0 ? $"{name}: only the formatting of the definition changes." : $"{name}:");
        foreach (string change in changes)
        {
            output.WriteLine("  " + change);
        }
    }

    /// <summary>Publishes a version if the option is set. Publishing an unchanged state machine returns the existing version.</summary>
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
