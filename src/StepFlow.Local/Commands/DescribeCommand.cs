using System.CommandLine;
using StepFlow.Local.Client;
using StepFlow.Local.Failures;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow describe EXECUTION</c>: how an execution stands.</summary>
internal static class DescribeCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "describe",
            "Shows how an execution on a server stands.",
            "stepflow describe order/order-7",
            "stepflow describe order/order-7 --json | jq .output")
        {
            CommonOptions.Execution, CommonOptions.Server, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = new ServerClient(arguments.GetRequiredValue(CommonOptions.Server));
        ExecutionReport.Write(
            new CommandOutput(arguments),
            await client.GetAsync(ExecutionPath.Of(CommonOptions.Require(arguments, CommonOptions.Execution)), cancellationToken));
        return ExitCodes.Success;
    }
}
