using System.CommandLine;
using StepFlow.Language.Json;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow problems</c>: the executions of a server that do not go on, and why.</summary>
internal static class ProblemsCommand
{
    private static readonly Option<int> Limit = CommonOptions.CreateLimit("At most so many.", 100);

    public static Command Create() => new ExampleCommand(
        "problems",
        "Lists the running executions of a server that do not go on, and why: suspended ones, and tasks that are repeated because what they call is not available.",
        "stepflow problems",
        "stepflow problems --json | jq -r '.[].executionArn'")
    {
        Limit, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
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
    }
}
