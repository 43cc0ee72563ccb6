using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using StepFlow.Language.Json;
using StepFlow.Local.Client;
using StepFlow.Local.Failures;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow list [MACHINE]</c>: the state machines of a server, or the executions of one.</summary>
internal static class ListCommand
{
    private const int PageSize = 1000;

    private static readonly Argument<string?> Machine = new("MACHINE")
    {
        Description = "The state machine, by name or ARN; without it the machines are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int> Limit = new("--limit") { Description = "At most so many.", DefaultValueFactory = _ => 100, HelpName = "COUNT" };

    public static Command Create()
    {
        Option<string?> status = CreateStatus();
        var command = new ExampleCommand(
            "list",
            "Lists the state machines of a server, or the executions of one, newest first.",
            "stepflow list",
            "stepflow list order --status FAILED --limit 20",
            "stepflow list order --json | jq -r '.[].executionArn'")
        {
            Machine, status, Limit, CommonOptions.Server, CommonOptions.Json,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments, arguments.GetValue(status), cancellationToken));
        return command;
    }

    private static Option<string?> CreateStatus()
    {
        var option = new Option<string?>("--status") { Description = "Only executions in this status." };
        option.AcceptOnlyFromAmong("RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE");
        return option;
    }

    private static async Task<int> RunAsync(ParseResult arguments, string? status, CancellationToken cancellationToken)
    {
        using var client = new ServerClient(arguments.GetRequiredValue(CommonOptions.Server));
        int limit = arguments.GetValue(Limit);
        var view = new CommandOutput(arguments);
        if (arguments.GetValue(Machine) is not { } machine)
        {
            IReadOnlyList<JsonObject> machines = await PageReader.ReadAsync(client, "api/statemachines?", "stateMachines", limit, cancellationToken);
            view.Write(JsonArray.From(machines), output => Write(output, machines, "name", "type", "creationDate"));
            return ExitCodes.Success;
        }

        string filter = status is null ? string.Empty : $"statusFilter={status}&";
        string path = string.Create(CultureInfo.InvariantCulture, $"{ExecutionPath.OfMachine(machine)}?{filter}maxResults={Math.Clamp(limit, 1, PageSize)}&");
        IReadOnlyList<JsonObject> executions = await PageReader.ReadAsync(client, path, "executions", limit, cancellationToken);
        view.Write(JsonArray.From(executions), output => Write(output, executions, "name", "status", "startDate", "stopDate"));
        return ExitCodes.Success;
    }

    private static void Write(TextWriter output, IReadOnlyList<JsonObject> items, params string[] members)
    {
        var table = new Table();
        foreach (string member in members)
        {
            table.AddColumn(new TableColumn(member.Replace("Date", string.Empty, StringComparison.Ordinal).ToUpperInvariant()).NoWrap());
        }

        foreach (JsonObject item in items)
        {
            table.AddRow([.. members.Select(member => Markup.Escape((item[member] as JsonString)?.Value ?? string.Empty))]);
        }

        CommandOutput.WriteTable(output, table);
    }
}
