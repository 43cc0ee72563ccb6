using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow history EXECUTION</c>: the events of an execution.</summary>
internal static class HistoryCommand
{
    private static readonly Option<bool> Reverse = new("--reverse") { Description = "Show the newest events first." };

    private static readonly Option<int> Limit = CommonOptions.CreateLimit("The maximum number to show. Default all.", int.MaxValue);

    public static Command Create() => new ExampleCommand(
        "history",
        "Shows the history events of an execution on a server.",
        "stepflow history order/order-7",
        "stepflow history order/order-7 --reverse --limit 5",
        "stepflow history order/order-7 --json > history.json")
    {
        CommonOptions.Execution, Reverse, Limit, CommonOptions.Server, CommonOptions.Wide, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        string path = ExecutionPath.Of(CommonOptions.Require(arguments, CommonOptions.Execution))
            + $"/history?maxResults=1000&{(arguments.GetValue(Reverse) ? "reverseOrder=true&" : string.Empty)}";
        IReadOnlyList<JsonObject> events = await PageReader.ReadAsync(client, path, "events", arguments.GetValue(Limit), cancellationToken);
        new CommandOutput(arguments).Write(JsonArray.From(events), HistoryTable.Of(events));
    }
}
