using System.CommandLine;
using StepFlow.Local.Client;
using StepFlow.Local.Sources;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow start MACHINE</c>: starts an execution on a server.</summary>
internal static class StartCommand
{
    private static readonly Argument<string> Machine = new("MACHINE") { Description = "The state machine: its name, or its ARN with version or alias." };

    private static readonly Option<bool> Wait = new("--wait", "-w") { Description = "Wait until it has ended, and show the result. Progress goes to standard error." };

    public static Command Create() => new ExampleCommand(
        "start",
        "Starts an execution on a server.",
        "stepflow start order --input '{\"id\": 7}'",
        "stepflow start order --input order-7.json --name order-7 --wait")
    {
        Machine, CommonOptions.Input, CommonOptions.Name, Wait, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        (_, string input) = await TextSource.ReadInputAsync(arguments.GetValue(CommonOptions.Input), "--input", cancellationToken);
        JsonObject started = await client.PostAsync(
            ExecutionPath.OfMachine(CommonOptions.Require(arguments, Machine)),
            new JsonObjectBuilder()
                .Set("input", input)
                .SetIfPresent("name", arguments.GetValue(CommonOptions.Name))
                .Build(),
            cancellationToken);
        string arn = client.Member<JsonString>(started, "executionArn").Value;
        var view = new CommandOutput(arguments);
        if (!arguments.GetValue(Wait))
        {
            view.Write(started, output => output.WriteLine(arn));
            return ExitCodes.Success;
        }

        return await WatchCommand.FollowAsync(arguments, client, arn, cancellationToken);
    }
}
