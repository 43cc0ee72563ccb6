using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary>Commands that list what belongs to a machine: <c>versions</c>, <c>aliases</c>.</summary>
internal static class ResourceLists
{
    private static readonly Argument<string> Machine = new("MACHINE") { Description = "The state machine, by name or ARN." };

    /// <summary>The commands.</summary>
    public static IReadOnlyList<Command> Create() =>
    [
        Create("versions", "Lists the published versions of a state machine, newest first.", static machine => ExecutionPath.Machine(machine) + "/versions?", "stateMachineVersions", "stateMachineVersionArn", "creationDate"),
        Create("aliases", "Lists the aliases of a state machine.", static machine => ExecutionPath.Machine(machine) + "/aliases?", "stateMachineAliases", "stateMachineAliasArn", "creationDate"),
    ];

    private static ExampleCommand Create(string name, string description, Func<string, string> path, string member, params string[] columns) => new ExampleCommand(name, description, $"stepflow {name} order")
    {
        Machine, CommonOptions.Server, CommonOptions.Wide, CommonOptions.Json,
    }.RunsOnServer(async (arguments, client, cancellationToken) =>
    {
        IReadOnlyList<JsonObject> items = await PageReader.ReadAsync(client, path(CommonOptions.Require(arguments, Machine)), member, int.MaxValue, cancellationToken);
        new CommandOutput(arguments).Write(JsonArray.From(items), ListCommand.Table(items, columns));
    });
}
