using System.CommandLine;
using StepFlow.Language.Json;
using StepFlow.Local.Client;
using StepFlow.Local.Failures;

namespace StepFlow.Local.Commands;

/// <summary>Commands that list what belongs to a machine, an execution or a server: <c>versions</c>, <c>aliases</c>, <c>map-runs</c>.</summary>
internal static class ResourceLists
{
    private static readonly Argument<string> Machine = new("MACHINE") { Description = "The state machine, by name or ARN." };

    /// <summary>The commands.</summary>
    public static IReadOnlyList<Command> Create() =>
    [
        Create("versions", "Lists the published versions of a state machine, newest first.", Machine, static machine => ExecutionPath.Machine(machine) + "/versions?", "stateMachineVersions", "stateMachineVersionArn", "creationDate"),
        Create("aliases", "Lists the aliases of a state machine.", Machine, static machine => ExecutionPath.Machine(machine) + "/aliases?", "stateMachineAliases", "stateMachineAliasArn", "creationDate"),
        Create("map-runs", "Lists the Map Runs of an execution.", CommonOptions.Execution, static execution => ExecutionPath.Of(execution) + "/mapruns?", "mapRuns", "mapRunArn", "startDate", "stopDate"),
    ];

    private static ExampleCommand Create(string name, string description, Argument<string> owner, Func<string, string> path, string member, params string[] columns)
    {
        var command = new ExampleCommand(name, description, $"stepflow {name} {(owner == Machine ? "order" : "order/order-7")}") { owner, CommonOptions.Server, CommonOptions.Wide, CommonOptions.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var client = new ServerClient(arguments.GetRequiredValue(CommonOptions.Server));
            IReadOnlyList<JsonObject> items = await PageReader.ReadAsync(client, path(CommonOptions.Require(arguments, owner)), member, int.MaxValue, cancellationToken);
            new CommandOutput(arguments).Write(JsonArray.From(items), ListCommand.Table(items, columns));
            return ExitCodes.Success;
        });
        return command;
    }
}
