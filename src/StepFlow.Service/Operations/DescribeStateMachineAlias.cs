using StepFlow.Runtime.Documents;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Describes an alias (DescribeStateMachineAlias).</summary>
internal sealed class DescribeStateMachineAlias(MachineCatalog catalog) : Operation(
    OperationAccess.Read,
    Member.Required("stateMachineAliasArn", Shapes.Arn))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        MachineArn arn = MachineArn.Parse(request.RequiredText("stateMachineAliasArn"), MachineArnKind.Alias);
        AliasRecord alias = await catalog.FindAliasAsync(arn, cancellationToken) ?? throw ApiErrors.ResourceMissing();
        return new JsonObjectBuilder()
            .Set("stateMachineAliasArn", alias.Arn)
            .Set("name", alias.Name)
            .SetIfPresent("description", alias.Description)
            .Set("routingConfiguration", alias.Routing)
            .Set("creationDate", alias.CreationDate.ToWire())
            .Set("updateDate", alias.UpdateDate.ToWire())
            .Build();
    }
}
