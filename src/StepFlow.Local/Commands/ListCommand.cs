using System.CommandLine;
using System.Globalization;
using StepFlow.Local.Client;
using StepFlow.Local.Terminals;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow list [MACHINE]</c>: the state machines of a server, or the executions of one.</summary>
internal static class ListCommand
{
    private const int PageSize = 1000;

    private static readonly Argument<string?> Machine = new("MACHINE")
    {
        Description = "The state machine, by name or ARN. Without it, all state machines are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int> Limit = CommonOptions.CreateLimit("The maximum number to show.", 100);

    private static readonly Option<string?> Status = CommonOptions.CreateChoice("--status", "Only executions with this status", "STATUS", "RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE");

    public static Command Create() => new ExampleCommand(
        "list",
        "Lists the state machines of a server, or the executions of one, newest first.",
        "stepflow list",
        "stepflow list order --status FAILED --limit 20",
        "stepflow list order --json | jq -r '.[].executionArn'")
    {
        Machine, Status, Limit, CommonOptions.Server, CommonOptions.Wide, CommonOptions.Json,
    }.RunsOnServer(RunAsync);

    private static async Task RunAsync(ParseResult arguments, ServerClient client, CancellationToken cancellationToken)
    {
        int limit = arguments.GetValue(Limit);
        var view = new CommandOutput(arguments);
        if (arguments.GetValue(Machine) is not { } machine)
        {
            IReadOnlyList<JsonObject> machines = await PageReader.ReadAsync(client, "api/statemachines?", "stateMachines", limit, cancellationToken);
            view.Write(JsonArray.From(machines), Table(machines, "name", "type", "creationDate"));
            return;
        }

        string filter = arguments.GetValue(Status) is { } status ? $"statusFilter={status.ToUpperInvariant()}&" : string.Empty;
        string path = string.Create(CultureInfo.InvariantCulture, $"{ExecutionPath.OfMachine(machine)}?{filter}maxResults={Math.Clamp(limit, 1, PageSize)}&");
        IReadOnlyList<JsonObject> executions = await PageReader.ReadAsync(client, path, "executions", limit, cancellationToken);
        view.Write(JsonArray.From(executions), Table(executions, "name", "status", "startDate", "stopDate"));
    }

    /// <summary>Items as a table of some of their members.</summary>
    public static TextTable Table(IReadOnlyList<JsonObject> items, params string[] members)
    {
        var table = new TextTable([.. members.Select(static member => member.Replace("Date", string.Empty, StringComparison.Ordinal).ToUpperInvariant())]);
        foreach (JsonObject item in items)
        {
            table.Add([.. members.Select(member => member.EndsWith("Date", StringComparison.Ordinal) ? CommandTime.Short(item[member]) : item.Text(member) ?? string.Empty)]);
        }

        return table;
    }
}
