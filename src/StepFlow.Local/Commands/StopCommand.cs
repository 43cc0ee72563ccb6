using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow stop EXECUTION</c>: stops an execution.</summary>
internal static class StopCommand
{
    private static readonly Option<string?> Error = new("--error") { Description = "The error name to record.", HelpName = "NAME" };

    private static readonly Option<string?> Cause = new("--cause") { Description = "The cause to record.", HelpName = "TEXT" };

    public static Command Create() => new ExampleCommand(
        "stop",
        "Stops an execution on a server, and the executions that it started.",
        "stepflow stop order/order-7",
        "stepflow stop order/order-7 --error Cancelled --cause 'The customer changed their mind.'")
    {
        CommonOptions.Execution, Error, Cause, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        string execution = CommonOptions.Require(arguments, CommonOptions.Execution);
        JsonObject stopped = await client.PostAsync(
            ExecutionPath.Of(execution) + "/stop",
            new JsonObjectBuilder()
                .SetIfPresent("error", arguments.GetValue(Error))
                .SetIfPresent("cause", arguments.GetValue(Cause))
                .Build(),
            cancellationToken);
        new CommandOutput(arguments).Write(stopped, output => output.WriteLine($"{execution} was stopped."));
    }
}
