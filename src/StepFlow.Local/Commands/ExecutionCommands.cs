using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary>Commands that make one call of a server for an execution.</summary>
internal static class ExecutionCommands
{
    private static readonly Option<bool> Wait = new("--wait", "-w") { Description = "Wait until it has ended, and show the result." };

    private static readonly Option<int> Limit = CommonOptions.CreateLimit("The maximum number to show.", 100);

    /// <summary><c>stepflow describe EXECUTION</c>: the status of an execution.</summary>
    public static Command CreateDescribe() => new ExampleCommand(
        "describe",
        "Shows the status, input and output of an execution on a server.",
        "stepflow describe order/order-7",
        "stepflow describe order/order-7 --json | jq .output")
    {
        CommonOptions.Execution, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(static async (arguments, client, cancellationToken) =>
        ExecutionReport.Write(new(arguments), await client.GetAsync(ExecutionPath.Of(Execution(arguments)), cancellationToken)));

    /// <summary><c>stepflow stop EXECUTION</c>: stops an execution.</summary>
    public static Command CreateStop() => new ExampleCommand(
        "stop",
        "Stops an execution on a server, and the executions that it started.",
        "stepflow stop order/order-7",
        "stepflow stop order/order-7 --error Cancelled --cause 'The customer changed their mind.'")
    {
        CommonOptions.Execution, CommonOptions.Error, CommonOptions.Cause, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(static async (arguments, client, cancellationToken) =>
    {
        JsonObject stopped = await PostAsync(arguments, client, "stop", CommonOptions.AddError(arguments, new()).Build(), cancellationToken);
        new CommandOutput(arguments).Write(stopped, output => output.WriteLine($"{Execution(arguments)} was stopped."));
    });

    /// <summary><c>stepflow redrive EXECUTION</c>: continues a failed execution from the state that failed.</summary>
    public static Command CreateRedrive() => new ExampleCommand(
        "redrive",
        "Continues an execution that failed, timed out or was stopped. States that succeeded do not run again.",
        "stepflow redrive order/order-7",
        "stepflow redrive order/order-7 --wait")
    {
        CommonOptions.Execution, Wait, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(static async (arguments, client, cancellationToken) =>
    {
        JsonObject redriven = await PostAsync(arguments, client, "redrive", JsonObject.Empty, cancellationToken);
        if (arguments.GetValue(Wait))
        {
            return await WatchCommand.FollowAsync(arguments, client, Execution(arguments), cancellationToken);
        }

        new CommandOutput(arguments).Write(redriven, output => output.WriteLine($"{Execution(arguments)} was redriven."));
        return ExitCodes.Success;
    });

    /// <summary><c>stepflow retry EXECUTION</c>: tries again now to continue an execution that has a problem.</summary>
    public static Command CreateRetry() => new ExampleCommand(
        "retry",
        "Tries a running execution that cannot continue again now, instead of at the next attempt. See also 'stepflow problems'.",
        "stepflow retry order/order-7")
    {
        CommonOptions.Execution, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(static async (arguments, client, cancellationToken) =>
    {
        JsonObject response = await PostAsync(arguments, client, "retry", JsonObject.Empty, cancellationToken);
        new CommandOutput(arguments).Write(response, output =>
        {
            output.WriteLine($"{Execution(arguments)} {(response["retried"] is JsonBoolean { Value: true } ? "was tried again." : "has no known problem.")}");
            ProblemText.Write(output, response["problems"]);
        });
    });

    /// <summary><c>stepflow problems</c>: the executions of a server that cannot continue, and why.</summary>
    public static Command CreateProblems() => new ExampleCommand(
        "problems",
        "Lists running executions that cannot continue, and why: suspended executions, and tasks that are repeated because of an outage.",
        "stepflow problems",
        "stepflow problems --json | jq -r '.[].executionArn'")
    {
        Limit, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(static async (arguments, client, cancellationToken) =>
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
    });

    private static string Execution(ParseResult arguments) => CommonOptions.Require(arguments, CommonOptions.Execution);

    private static Task<JsonObject> PostAsync(ParseResult arguments, ServerClient client, string action, JsonObject body, CancellationToken cancellationToken) =>
        client.PostAsync($"{ExecutionPath.Of(Execution(arguments))}/{action}", body, cancellationToken);
}
