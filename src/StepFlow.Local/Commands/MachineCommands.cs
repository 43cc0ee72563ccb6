using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary>Commands that make one call of a server for a state machine.</summary>
internal static class MachineCommands
{
    /// <summary><c>stepflow versions MACHINE</c>: the published versions.</summary>
    public static Command CreateVersions() =>
        CreateList("versions", "Lists the published versions of a state machine, newest first.", "stateMachineVersions", "stateMachineVersionArn");

    /// <summary><c>stepflow aliases MACHINE</c>: the aliases.</summary>
    public static Command CreateAliases() =>
        CreateList("aliases", "Lists the aliases of a state machine.", "stateMachineAliases", "stateMachineAliasArn");

    /// <summary><c>stepflow delete MACHINE</c>: deletes a state machine.</summary>
    public static Command CreateDelete() => new ExampleCommand(
        "delete",
        "Deletes a state machine on a server. Running executions continue until they end.",
        "stepflow delete order")
    {
        CommonOptions.OfMachine, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(static async (arguments, client, cancellationToken) =>
    {
        string machine = CommonOptions.Require(arguments, CommonOptions.OfMachine);

        // Deleting a state machine that does not exist succeeds, as on AWS. So a typing error would look like success.
        await client.GetAsync(ExecutionPath.Machine(machine), cancellationToken);
        JsonObject deleted = await client.DeleteAsync(ExecutionPath.Machine(machine), cancellationToken);
        new CommandOutput(arguments).Write(deleted, output => output.WriteLine($"{machine} will be deleted when its last execution has ended."));
    });

    private static ExampleCommand CreateList(string name, string description, string member, string column) => new ExampleCommand(name, description, $"stepflow {name} order")
    {
        CommonOptions.OfMachine, CommonOptions.Server, CommonOptions.Wide, CommonOptions.Json,
    }.RunsOnServer(async (arguments, client, cancellationToken) =>
    {
        string path = $"{ExecutionPath.Machine(CommonOptions.Require(arguments, CommonOptions.OfMachine))}/{name}?";
        IReadOnlyList<JsonObject> items = await PageReader.ReadAsync(client, path, member, int.MaxValue, cancellationToken);
        new CommandOutput(arguments).Write(JsonArray.From(items), ListCommand.Table(items, column, "creationDate"));
    });
}
