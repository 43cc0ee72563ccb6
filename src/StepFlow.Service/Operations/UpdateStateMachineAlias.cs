using StepFlow.Runtime.Documents;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Changes where an alias leads, or its description (UpdateStateMachineAlias).</summary>
internal sealed class UpdateStateMachineAlias(MachineCatalog catalog, AliasRouting routing, TimeProvider time) : Operation(
    OperationAccess.Admin,
    Member.Required("stateMachineAliasArn", Shapes.Arn),
    Member.Optional("description", Shapes.Description),
    Member.Optional("routingConfiguration", Shapes.Routing))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        MachineArn arn = MachineArn.Parse(request.RequiredText("stateMachineAliasArn"), MachineArnKind.Alias);
        string? description = request.Text("description");
        JsonArray? routes = request.Array("routingConfiguration");
        if (description is null && routes is null)
        {
            throw ApiErrors.Validation(MachineMessages.NothingToUpdateInAlias, "MISSING_REQUIRED_PARAMETER");
        }

        if (await catalog.FindAliasAsync(arn, cancellationToken) is null)
        {
            throw ApiErrors.ResourceMissing();
        }

        if (routes is not null)
        {
            await routing.CheckAsync(routes, arn.Name, cancellationToken);
        }

        DateTimeOffset now = time.GetUtcNow();
        AliasRecord? updated = await catalog.Aliases.ChangeAsync(
            MachineCatalog.AliasKey(arn.Name, arn.Qualifier!),
            record => record with { Description = description ?? record.Description, Routing = routes ?? record.Routing, UpdateDate = now },
            cancellationToken);
        return updated is null ? throw ApiErrors.ResourceMissing() : JsonObject.Create(("updateDate", now.ToWire()));
    }
}
