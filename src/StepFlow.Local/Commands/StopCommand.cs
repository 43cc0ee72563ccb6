using System.CommandLine;
using StepFlow.Language.Json;
using StepFlow.Local.Client;
using StepFlow.Local.Failures;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow stop EXECUTION</c>: stops an execution.</summary>
internal static class StopCommand
{
    private static readonly Option<string?> Error = new("--error") { Description = "The error name to record.", HelpName = "NAME" };

    private static readonly Option<string?> Cause = new("--cause") { Description = "The cause to record.", HelpName = "TEXT" };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "stop",
            "Stops an execution on a server, and the executions that it started.",
            "stepflow stop order/order-7",
            "stepflow stop order/order-7 --error Cancelled --cause 'The customer changed their mind.'")
        {
            CommonOptions.Execution, Error, Cause, CommonOptions.Server, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string execution = CommonOptions.Require(arguments, CommonOptions.Execution);
        using var client = new ServerClient(arguments.GetRequiredValue(CommonOptions.Server));
        JsonObject stopped = await client.PostAsync(
            ExecutionPath.Of(execution) + "/stop",
            new JsonObjectBuilder()
                .SetIfPresent("error", arguments.GetValue(Error) is { } error ? (JsonValue)error : null)
                .SetIfPresent("cause", arguments.GetValue(Cause) is { } cause ? (JsonValue)cause : null)
                .Build(),
            cancellationToken);
        new CommandOutput(arguments).Write(stopped, output => output.WriteLine($"{execution} was stopped."));
        return ExitCodes.Success;
    }
}
