using System.CommandLine;
using StepFlow.Local.Client;
using StepFlow.Local.Failures;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow redrive EXECUTION</c>: continues a failed execution from the state that failed.</summary>
internal static class RedriveCommand
{
    private static readonly Option<bool> Wait = new("--wait", "-w") { Description = "Wait until it has ended, and show the result." };

    public static Command Create() => new ExampleCommand(
        "redrive",
        "Continues an execution that failed, timed out or was stopped. States that succeeded do not run again.",
        "stepflow redrive order/order-7",
        "stepflow redrive order/order-7 --wait")
    {
        CommonOptions.Execution, Wait, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        string execution = CommonOptions.Require(arguments, CommonOptions.Execution);
        JsonObject redriven = await client.PostAsync(ExecutionPath.Of(execution) + "/redrive", JsonObject.Empty, cancellationToken);
        if (arguments.GetValue(Wait))
        {
            return await WatchCommand.FollowAsync(arguments, client, execution, cancellationToken);
        }

        new CommandOutput(arguments).Write(redriven, output => output.WriteLine($"{execution} was redriven."));
        return ExitCodes.Success;
    }
}
