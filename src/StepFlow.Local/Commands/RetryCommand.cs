using System.CommandLine;
using StepFlow.Language.Json;
using StepFlow.Local.Client;
using StepFlow.Local.Failures;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow retry EXECUTION</c>: tries again now what keeps an execution from going on.</summary>
internal static class RetryCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "retry",
            "Tries again now what keeps a running execution from going on ('stepflow problems'), instead of when it is due.",
            "stepflow retry order/order-7")
        {
            CommonOptions.Execution, CommonOptions.Server, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string execution = CommonOptions.Require(arguments, CommonOptions.Execution);
        using var client = new ServerClient(arguments.GetRequiredValue(CommonOptions.Server));
        JsonObject response = await client.PostAsync(ExecutionPath.Of(execution) + "/retry", JsonObject.Empty, cancellationToken);
        new CommandOutput(arguments).Write(response, output =>
        {
            output.WriteLine(response["retried"] is JsonBoolean { Value: true } ? $"{execution} was tried again." : $"Nothing is known to keep {execution} from going on.");
            ProblemText.Write(output, response["problems"]);
        });
        return ExitCodes.Success;
    }
}
