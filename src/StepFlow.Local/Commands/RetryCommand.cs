using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow retry EXECUTION</c>: tries again now to continue an execution that has a problem.</summary>
internal static class RetryCommand
{
    public static Command Create() => new ExampleCommand(
        "retry",
        "Tries a running execution that cannot continue again now, instead of at the next attempt. See also 'stepflow problems'.",
        "stepflow retry order/order-7")
    {
        CommonOptions.Execution, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        string execution = CommonOptions.Require(arguments, CommonOptions.Execution);
        JsonObject response = await client.PostAsync(ExecutionPath.Of(execution) + "/retry", JsonObject.Empty, cancellationToken);
        new CommandOutput(arguments).Write(response, output =>
        {
            output.WriteLine(response["retried"] is JsonBoolean { Value: true } ? $"{execution} was tried again." : $"{execution} has no known problem.");
            ProblemText.Write(output, response["problems"]);
        });
    }
}
