using System.CommandLine;
using StepFlow.Language.Json;
using StepFlow.Local.Client;
using StepFlow.Local.Failures;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow problems</c>: the executions of a server that do not go on, and why.</summary>
internal static class ProblemsCommand
{
    private static readonly Option<int> Limit = CommonOptions.CreateLimit("At most so many.", 100);

    public static Command Create()
    {
        var command = new ExampleCommand(
            "problems",
            "Lists the running executions of a server that do not go on, and why: suspended ones, and tasks that are repeated because what they call is not available.",
            "stepflow problems",
            "stepflow problems --json | jq -r '.[].executionArn'")
        {
            Limit, CommonOptions.Server, CommonOptions.Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var client = new ServerClient(arguments.GetRequiredValue(CommonOptions.Server));
        JsonObject response = await client.GetAsync($"api/problems?maxResults={Math.Clamp(arguments.GetValue(Limit), 1, 1000)}", cancellationToken);
        var problems = client.Member<JsonArray>(response, "problems");
        new CommandOutput(arguments).Write(problems, output =>
        {
            if (problems.Count == 0)
            {
                output.WriteLine("Nothing is known to keep an execution from going on.");
            }

            ProblemText.Write(output, problems);
        });
        return ExitCodes.Success;
    }
}
