using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow delete MACHINE</c>: deletes a state machine.</summary>
internal static class DeleteCommand
{
    private static readonly Argument<string> Machine = new("MACHINE") { Description = "The state machine, by name or ARN." };

    public static Command Create() => new ExampleCommand(
        "delete",
        "Deletes a state machine on a server. Running executions continue until they end.",
        "stepflow delete order")
    {
        Machine, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        string machine = CommonOptions.Require(arguments, Machine);
        // Deleting a state machine that does not exist succeeds, as on AWS. So a typing error would look like success.
        await client.GetAsync(ExecutionPath.Machine(machine), cancellationToken);
        JsonObject deleted = await client.DeleteAsync(ExecutionPath.Machine(machine), cancellationToken);
        new CommandOutput(arguments).Write(deleted, output => output.WriteLine($"{machine} will be deleted when its last execution has ended."));
    }
}
