using StepFlow.Runtime.Documents;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Creates an alias for one or two versions. Idempotent (CreateStateMachineAlias).</summary>
internal sealed class CreateStateMachineAlias(MachineCatalog catalog, AliasRouting routing, ArnFormat arns, ServiceOptions options, TimeProvider time) : Operation(
    OperationAccess.Admin,
    Member.Optional("description", Shapes.Description),
    Member.Required("name", Shapes.CharacterRestrictedName),
    Member.Required("routingConfiguration", Shapes.Routing))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        string name = request.RequiredText("name");
        JsonArray routes = request.Array("routingConfiguration")!;
        MachineArn version = await routing.CheckAsync(routes, null, cancellationToken);
        MachineRecord machine = await catalog.GetActiveAsync(version, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        var alias = new AliasRecord
        {
            Name = name,
            Arn = arns.Alias(machine.Name, name),
            Description = request.Text("description"),
            Routing = routes,
            CreationDate = now,
            UpdateDate = now,
        };
        if (options.Limits.PayloadBytes is not null
            && (await catalog.Aliases.ListAsync(machine.Name + ":", null, ServiceOptions.MaxAliases, cancellationToken)).Count >= ServiceOptions.MaxAliases)
        {
            throw ApiErrors.QuotaExceeded($"Too many aliases of state machine '{machine.Arn}'");
        }

        string key = MachineCatalog.AliasKey(machine.Name, name);
        while (!await catalog.Aliases.CreateAsync(key, alias, cancellationToken))
        {
            if (await catalog.Aliases.FindAsync(key, cancellationToken) is not { Value: var existing })
            {
                continue;
            }

            // The same request again returns the existing alias.
            alias = existing.Routing.Equals(routes) && existing.Description == alias.Description
                ? existing
                : throw ApiErrors.Conflict("Failed to create alias because an alias with the same name and a different routing configuration already exists.");
            break;
        }

        return JsonObject.Create(("stateMachineAliasArn", alias.Arn), ("creationDate", alias.CreationDate.ToWire()));
    }
}
