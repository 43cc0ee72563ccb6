using System.ComponentModel;
using StepFlow.Local.Client;

namespace StepFlow.Local.Assistants;

/// <summary>Tools on a server.</summary>
internal sealed class ServerTools(ServerClient client)
{
    private const int MaxPage = 1000;

    /// <summary>Lists the state machines.</summary>
    [Description("Lists the state machines of the server.")]
    public async Task<string> ListMachinesAsync(CancellationToken cancellationToken = default) =>
        Text(await PageReader.ReadAsync(client, "api/statemachines?", "stateMachines", MaxPage, cancellationToken));

    [Description("Lists executions of a state machine, newest first.")]
    public async Task<string> ListExecutionsAsync(
        [Description("The state machine's name or ARN.")] string machine,
        [Description("Only executions with this status: RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED or PENDING_REDRIVE.")] string? status = null,
        [Description("The maximum number to show.")] int limit = 20,
        CancellationToken cancellationToken = default) => Text(await PageReader.ReadAsync(
            client,
            $"{ExecutionPath.OfMachine(machine)}?{(status is null ? string.Empty : $"statusFilter={Uri.EscapeDataString(status)}&")}",
            "executions",
            Math.Clamp(limit, 1, MaxPage),
            cancellationToken));

    /// <summary>Describes an execution.</summary>
    [Description("Shows an execution: status, input, output, error.")]
    public async Task<string> DescribeAsync([Description("MACHINE/NAME or the ARN.")] string execution, CancellationToken cancellationToken = default) =>
        (await client.GetAsync(ExecutionPath.Of(execution), cancellationToken)).ToIndentedString();

    /// <summary>Reads a history.</summary>
    [Description("Shows the history events of an execution: which state failed first, with which input, and why.")]
    public async Task<string> HistoryAsync(
        [Description("MACHINE/NAME or the ARN.")] string execution,
        [Description("The maximum number of events.")] int limit = 200,
        CancellationToken cancellationToken = default) =>
        Text(await PageReader.ReadAsync(client, ExecutionPath.Of(execution) + "/history?maxResults=1000&", "events", Math.Clamp(limit, 1, MaxPage), cancellationToken));

    /// <summary>Starts an execution.</summary>
    [Description("Starts an execution. It calls real tasks.")]
    public async Task<string> StartAsync(
        [Description("The state machine's name or ARN.")] string machine,
        [Description("The input, JSON.")] string input = "{}",
        CancellationToken cancellationToken = default) =>
        (await client.PostAsync(ExecutionPath.OfMachine(machine), JsonObject.Create(("input", input)), cancellationToken)).ToIndentedString();

    /// <summary>Redrives an execution.</summary>
    [Description("Continues a failed execution at the state that failed. It calls real tasks.")]
    public async Task<string> RedriveAsync([Description("MACHINE/NAME or the ARN.")] string execution, CancellationToken cancellationToken = default) =>
        (await client.PostAsync(ExecutionPath.Of(execution) + "/redrive", JsonObject.Empty, cancellationToken)).ToIndentedString();

    [Description("Stops a running execution.")]
    public async Task<string> StopAsync([Description("MACHINE/NAME or the ARN.")] string execution, CancellationToken cancellationToken = default) =>
        (await client.PostAsync(ExecutionPath.Of(execution) + "/stop", JsonObject.Empty, cancellationToken)).ToIndentedString();

    private static string Text(IEnumerable<JsonObject> items) => JsonArray.From(items).ToIndentedString();
}
