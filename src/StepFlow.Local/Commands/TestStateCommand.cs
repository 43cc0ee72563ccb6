using System.CommandLine;
using StepFlow.Local.Client;
using StepFlow.Local.Sources;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow test-state FILE</c>: runs one state on a server, with a mock if need be.</summary>
internal static class TestStateCommand
{
    private static readonly Argument<string> FilePath = new("FILE") { Description = "A state, or with --state a state machine. JSON; - for standard input." };

    private static readonly Option<string?> State = new("--state") { Description = "The state of the machine to test.", HelpName = "NAME" };

    private static readonly Option<string?> Mock = new("--mock") { Description = "The mock: {\"result\": …} or {\"errorOutput\": {\"error\": …, \"cause\": …}}.", HelpName = "FILE|JSON" };

    public static Command Create() => new ExampleCommand(
        "test-state",
        "Runs one state on a server, and shows its result and its data flow.",
        "stepflow test-state check.asl.json --input '{\"n\": 1}'",
        "stepflow test-state order.asl.json --state Charge --mock '{\"result\": {\"ok\": true}}'")
    {
        FilePath, State, CommonOptions.Input, Mock, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task<int> RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        string definition = await TextSource.ReadFileAsync(CommonOptions.Require(arguments, FilePath), cancellationToken);
        (_, string input) = await TextSource.ReadInputAsync(arguments.GetValue(CommonOptions.Input), "--input", cancellationToken);
        var request = new JsonObjectBuilder()
            .Set("definition", definition)
            .Set("input", input)
            .Set("inspectionLevel", "DEBUG")
            .Set("roleArn", DeployCommand.DefaultRole);
        request.SetIfPresent("stateName", arguments.GetValue(State));
        if (arguments.GetValue(Mock) is { } mock)
        {
            request.Set("mock", (await TextSource.ReadInputAsync(mock, "--mock", cancellationToken)).Value);
        }

        JsonObject result = await client.PostAsync("api/statemachines/teststate", request.Build(), cancellationToken);
        await arguments.InvocationConfiguration.Output.WriteLineAsync(result.ToIndentedString());
        return result.Text("status") is "SUCCEEDED" or "RETRIABLE" or "CAUGHT_ERROR" ? ExitCodes.Success : ExitCodes.ExecutionFailed;
    }
}
