using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow watch EXECUTION</c>: follows an execution of a server until it has ended.</summary>
internal static class WatchCommand
{
    public static Command Create() => new ExampleCommand(
        "watch",
        "Follows an execution on a server until it has ended. Progress goes to standard error.",
        "stepflow watch order/order-7",
        "stepflow watch order/order-7 --json | jq .output")
    {
        CommonOptions.Execution, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer((arguments, client, cancellationToken) => FollowAsync(arguments, client, CommonOptions.Require(arguments, CommonOptions.Execution), cancellationToken));

    /// <summary>Prints the execution's name immediately, then its progress, and its end.</summary>
    /// <returns>The command's exit code.</returns>
    public static async Task<int> FollowAsync(ParseResult arguments, ServerClient client, string name, CancellationToken cancellationToken)
    {
        TextWriter error = arguments.InvocationConfiguration.Error;
        var follower = new ExecutionFollower(client, name, TimeProvider.System);
        var runs = new MapRunFollower(client, TimeProvider.System, run => error.WriteLine($"  Map Run: {MapRunProgressText.Of(run, TimeProvider.System.GetUtcNow())}"));
        await error.WriteLineAsync(name);
        await error.FlushAsync(cancellationToken);
        try
        {
            JsonObject ended = await follower.FollowAsync(
                entry =>
                {
                    if (HistoryProgress.Line(entry) is { } line)
                    {
                        error.WriteLine(line);
                    }

                    runs.Observe(entry);
                },
                runs.ReportAsync,
                cancellationToken);
            ExecutionReport.Write(new CommandOutput(arguments), ended);
            return ExecutionReport.Status(ended) == "SUCCEEDED" ? ExitCodes.Success : ExitCodes.ExecutionFailed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync($"It continues to run. To follow it again: stepflow watch {name}");
            throw;
        }
    }
}
