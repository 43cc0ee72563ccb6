using StepFlow.Language;
using StepFlow.Service.Pages;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Executions;

/// <summary>Lists executions (ListExecutions).</summary>
internal sealed class ExecutionLister(MachineCatalog catalog, IExecutionHost host, PageTokens tokens)
{
    /// <summary>One page.</summary>
    /// <exception cref="ApiException">As ListExecutions.</exception>
    public async Task<JsonObject> ListAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        string? machineArn = request.Text("stateMachineArn");
        string? mapRunArn = request.Text("mapRunArn");
        if (machineArn is null == mapRunArn is null)
        {
            throw ApiErrors.Validation("Must provide either a stateMachineArn or a mapRunArn");
        }

        string? status = request.Text("statusFilter");
        string? redrive = request.Text("redriveFilter");
        ExecutionQuery query = machineArn is null ? OfMapRun(mapRunArn!) : await OfMachineAsync(machineArn, cancellationToken);
        query = query with
        {
            Status = status is null ? null : StatusNames.Parse(status),
            Redriven = redrive is null ? null : redrive == "REDRIVEN",
            Count = PageSize.Of(request),
        };
        string list = $"ListExecutions {machineArn} {mapRunArn} {status} {redrive}";
        query = query with { After = await tokens.ReadAsync(list, request.Text("nextToken"), cancellationToken) };
        Page<ExecutionSummary> page = await host.ListAsync(query, cancellationToken);
        JsonObject response = JsonObject.Create(("executions", JsonArray.From(page.Items.Select(item => (JsonValue)ExecutionView.Item(item, caller.IsRest)))));
        return page.Next is null ? response : response.With("nextToken", await tokens.CreateAsync(list, page.Next, cancellationToken));
    }

    private static ExecutionQuery OfMapRun(string text) => new() { MapRunArn = Arn.Parse(text, Arn.MapRunType).Text };

    private async Task<ExecutionQuery> OfMachineAsync(string text, CancellationToken cancellationToken)
    {
        MachineArn arn = MachineArn.Parse(text, MachineArnKind.Machine, MachineArnKind.Version, MachineArnKind.Alias);
        MachineRecord machine = await catalog.GetAsync(arn, cancellationToken);
        if (machine.Type == StateMachineType.Express)
        {
            throw ApiErrors.TypeNotSupported();
        }

        if (arn.Kind == MachineArnKind.Machine)
        {
            return new() { StateMachineArn = machine.Arn };
        }

        bool exists = await catalog.FindVersionAsync(arn, cancellationToken) is not null || await catalog.FindAliasAsync(arn, cancellationToken) is not null;
        return exists ? new() { StateMachineArn = machine.Arn, QualifiedArn = text } : throw ApiErrors.ResourceMissing();
    }
}
