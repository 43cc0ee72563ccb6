using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow problems</c>: the executions of a server that cannot continue, and why.</summary>
internal static class ProblemsCommand
{
    private static readonly Option<int> Limit = CommonOptions.CreateLimit("The maximum number to show.", 100);

    public static Command Create() => new ExampleCommand(
        "problems",
        "Lists running executions that cannot continue, and why: suspended executions, and tasks that are repeated because of an outage.",
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
                output.WriteLine("No execution has a known problem.");
            }

            ProblemText.Write(output, problems);
        });
    }
}
