using System.CommandLine;
using System.Globalization;
using StepFlow.Language.Json;
using StepFlow.Local.Client;
using StepFlow.Local.Failures;
using StepFlow.Local.Terminals;

namespace StepFlow.Local.Commands;

/// <summary><c>stepflow list [MACHINE]</c>: the state machines of a server, or the executions of one.</summary>
internal static class ListCommand
{
    private const int PageSize = 1000;

    private static readonly string[] Statuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"];

    private static readonly Argument<string?> Machine = new("MACHINE")
    {
        Description = "The state machine, by name or ARN; without it the machines are listed.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int> Limit = CommonOptions.CreateLimit("At most so many.", 100);

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
            Machine, status, Limit, CommonOptions.Server, CommonOptions.Wide, CommonOptions.Json,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments, arguments.GetValue(status), cancellationToken));
        return command;
    }

    private static Option<string?> CreateStatus()
    {
        var option = new Option<string?>("--status") { Description = $"Only executions in this status: {string.Join(", ", Statuses)}.", HelpName = "STATUS" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var status }, ..] && !Statuses.Contains(status, StringComparer.OrdinalIgnoreCase))
            {
                result.AddError($"--status {status}: must be one of {string.Join(", ", Statuses)}.");
            }
        });
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
            view.Write(JsonArray.From(machines), Table(machines, "name", "type", "creationDate"));
            return ExitCodes.Success;
        }

        string filter = status is null ? string.Empty : $"statusFilter={status.ToUpperInvariant()}&";
        string path = string.Create(CultureInfo.InvariantCulture, $"{ExecutionPath.OfMachine(machine)}?{filter}maxResults={Math.Clamp(limit, 1, PageSize)}&");
        IReadOnlyList<JsonObject> executions = await PageReader.ReadAsync(client, path, "executions", limit, cancellationToken);
        view.Write(JsonArray.From(executions), Table(executions, "name", "status", "startDate", "stopDate"));
        return ExitCodes.Success;
    }

    /// <summary>Items as a table of some of their members.</summary>
    public static TextTable Table(IReadOnlyList<JsonObject> items, params string[] members)
    {
        var table = new TextTable([.. members.Select(static member => member.Replace("Date", string.Empty, StringComparison.Ordinal).ToUpperInvariant())]);
        foreach (JsonObject item in items)
        {
            table.Add([.. members.Select(member => member.EndsWith("Date", StringComparison.Ordinal) ? CommandTime.Short(item[member]) : (item[member] as JsonString)?.Value ?? string.Empty)]);
        }

        return table;
    }
}
