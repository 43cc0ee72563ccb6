using System.CommandLine;
using StepFlow.Language.Json;
using StepFlow.Local.Client;
using StepFlow.Local.Failures;
using StepFlow.Local.Sources;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow start MACHINE</c>: starts an execution on a server.</summary>
internal static class StartCommand
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private static readonly Argument<string> Machine = new("MACHINE") { Description = "The state machine: its name, or its ARN with version or alias." };

    private static readonly Option<bool> Wait = new("--wait", "-w") { Description = "Wait until it has ended, and show how." };

    public static Command Create()
    {
        var command = new ExampleCommand(
            "start",
            "Starts an execution on a server.",
            "stepflow start order --input '{\"id\": 7}'",
            "stepflow start order --input order-7.json --name order-7 --wait")
        {
            Machine, CommonOptions.Input, CommonOptions.Name, Wait, CommonOptions.Server, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        (_, string input) = await TextSource.ReadInputAsync(arguments.GetValue(CommonOptions.Input), cancellationToken);
        using var client = new ServerClient(arguments.GetRequiredValue(CommonOptions.Server));
        JsonObject started = await client.PostAsync(
            ExecutionPath.OfMachine(arguments.GetRequiredValue(Machine)),
            new JsonObjectBuilder()
                .Set("input", input)
                .SetIfPresent("name", arguments.GetValue(CommonOptions.Name) is { } name ? (JsonValue)name : null)
                .Build(),
            cancellationToken);
        string arn = ((JsonString)started["executionArn"]!).Value;
        var view = new CommandOutput(arguments);
        if (!arguments.GetValue(Wait))
        {
            view.Write(started, output => output.WriteLine(arn));
            return ExitCodes.Success;
        }

        JsonObject execution = await WaitAsync(client, arn, cancellationToken);
        ExecutionView.Write(view, execution);
        return ExecutionView.Status(execution) == "SUCCEEDED" ? ExitCodes.Success : ExitCodes.ExecutionFailed;
    }

    private static async Task<JsonObject> WaitAsync(ServerClient client, string arn, CancellationToken cancellationToken)
    {
        while (true)
        {
            JsonObject execution = await client.GetAsync(ExecutionPath.Of(arn), cancellationToken);
            if (ExecutionView.Status(execution) is not ("RUNNING" or "PENDING_REDRIVE"))
            {
                return execution;
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }
}
