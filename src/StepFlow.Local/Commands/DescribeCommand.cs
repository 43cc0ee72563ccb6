using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow describe EXECUTION</c>: the status of an execution.</summary>
internal static class DescribeCommand
{
    public static Command Create() => new ExampleCommand(
        "describe",
        "Shows the status, input and output of an execution on a server.",
        "stepflow describe order/order-7",
        "stepflow describe order/order-7 --json | jq .output")
    {
        CommonOptions.Execution, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        ExecutionReport.Write(
            new CommandOutput(arguments),
            await client.GetAsync(ExecutionPath.Of(CommonOptions.Require(arguments, CommonOptions.Execution)), cancellationToken));
    }
}
