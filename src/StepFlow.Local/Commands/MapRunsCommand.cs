using System.CommandLine;
using StepFlow.Local.Client;
using StepFlow.Local.Terminals;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow map-runs EXECUTION</c>: the Map Runs of an execution, and their progress.</summary>
internal static class MapRunsCommand
{
    public static Command Create() => new ExampleCommand("map-runs", "Lists the Map Runs of an execution with their progress.", "stepflow map-runs order/order-7")
    {
        CommonOptions.Execution, CommonOptions.Server, CommonOptions.Wide, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        string path = ExecutionPath.Of(CommonOptions.Require(arguments, CommonOptions.Execution)) + "/mapruns?";
        var runs = new List<JsonValue>();
        var table = new TextTable("STATUS", "STARTED", "PROGRESS", "MAP RUN");
        foreach (JsonObject listed in await PageReader.ReadAsync(client, path, "mapRuns", int.MaxValue, cancellationToken))
        {
            string arn = client.Member<JsonString>(listed, "mapRunArn").Value;
            JsonObject run = await client.GetAsync(ExecutionPath.OfMapRun(arn), cancellationToken);
            runs.Add(run);
            table.Add(
                run.Text("status") ?? string.Empty,
                CommandTime.Short(run["startDate"]),
                MapRunProgressText.Of(run, TimeProvider.System.GetUtcNow()),
                arn);
        }

        new CommandOutput(arguments).Write(JsonArray.From(runs), table);
    }
}
