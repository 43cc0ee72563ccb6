using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow tail MACHINE</c>: follows all executions of a machine, those that run and those that start.</summary>
internal static class TailCommand
{
    private static readonly Option<int> Count = CommonOptions.CreateLimit("Stop when this number of executions have ended.", int.MaxValue);

    public static Command Create() => new ExampleCommand(
        "tail",
        "Follows the executions of a state machine, and shows entered states, failures and ends. Ctrl+C stops it; the executions continue.",
        "stepflow tail order",
        "stepflow tail order --limit 1")
    {
        CommonOptions.OfMachine, Count, CommonOptions.Server,
    }.RunsOnServer(RunAsync);

    private static async Task RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        TextWriter output = TextWriter.Synchronized(arguments.InvocationConfiguration.Output);
        var watch = new MachineFollower(client, CommonOptions.Require(arguments, CommonOptions.OfMachine), TimeProvider.System);
        await watch.FollowAsync(
            (name, entry) =>
            {
                if (HistoryProgress.Line(entry) is { } line)
                {
                    output.WriteLine($"{name}  {line}");
                }
            },
            (name, ended) => output.WriteLine($"{name}  {CommandTime.OfDay(ended["stopDate"])} {ExecutionReport.Status(ended)} {ended.Text("error")}".TrimEnd()),
            arguments.GetValue(Count),
            cancellationToken);
    }
}
