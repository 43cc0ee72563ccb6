using System.CommandLine;
using StepFlow.Local.Client;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow activities</c>: lists activities, makes one, and works on its tasks with a program.</summary>
internal static class ActivitiesCommand
{
    private static readonly Argument<string> Name = new("ACTIVITY") { Description = "The activity, by name or ARN." };

    private static readonly Argument<string[]> Program = new("PROGRAM") { Description = "The program and its arguments, after --.", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<string> Worker = new("--worker") { Description = "The worker's name, for the history.", HelpName = "NAME", DefaultValueFactory = _ => Environment.MachineName };

    private static readonly Option<bool> Once = new("--once") { Description = "Stop after one task." };

    public static Command Create() => new("activities", "Lists and creates activities, and runs programs for their tasks.")
    {
        CreateList(), CreateCreate(), CreateWork(),
    };

    private static ExampleCommand CreateList() => new ExampleCommand("list", "Lists the activities of a server.", "stepflow activities list")
    {
        CommonOptions.Server, CommonOptions.Wide, CommonOptions.Json,
    }.RunsOnServer(static async (arguments, client, cancellationToken) =>
    {
        IReadOnlyList<JsonObject> items = await PageReader.ReadAsync(client, "api/activities?", "activities", int.MaxValue, cancellationToken);
        new CommandOutput(arguments).Write(JsonArray.From(items), ListCommand.Table(items, "name", "creationDate"));
    });

    private static ExampleCommand CreateCreate() => new ExampleCommand("create", "Creates an activity. An existing activity does not change.", "stepflow activities create approve")
    {
        Name, CommonOptions.Server, CommonOptions.Json,
    }.RunsOnServer(static async (arguments, client, cancellationToken) =>
    {
        JsonObject created = await client.PostAsync("api/activities", JsonObject.Create(("name", CommonOptions.Require(arguments, Name))), cancellationToken);
        new CommandOutput(arguments).Write(created, output => output.WriteLine(client.Member<JsonString>(created, "activityArn").Value));
    });

    private static ExampleCommand CreateWork() => new ExampleCommand(
        "work",
        "Runs a program for each task of an activity, one after the other. The task's input is the program's standard input. The program's standard output is the result. If its exit code is not 0, the task fails.",
        "stepflow activities work approve -- python3 approve.py",
        "stepflow activities work approve --once -- jq '{ok: true}'")
    {
        Name, Program, Worker, Once, CommonOptions.Server,
    }.RunsOnServer(WorkAsync);

    private static async Task WorkAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        string path = $"api/activities/{Uri.EscapeDataString(CommonOptions.Require(arguments, Name))}";
        await client.GetAsync(path, cancellationToken);
        var worker = new ActivityWorker(client, path, arguments.GetRequiredValue(Program), arguments.GetRequiredValue(Worker), arguments.InvocationConfiguration.Error, TimeProvider.System);
        do
        {
            // A poll ends without a task after a minute.
            while (!await worker.WorkAsync(cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        while (!arguments.GetValue(Once));
    }
}
