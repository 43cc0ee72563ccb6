using StepFlow.Language.Json;
using StepFlow.Runtime.Documents;
using StepFlow.Service.Arns;
using StepFlow.Service.Errors;
using StepFlow.Service.Requests;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Describes an alias (DescribeStateMachineAlias).</summary>
internal sealed class DescribeStateMachineAlias(MachineCatalog catalog) : IOperation
{
    private static readonly StructureShape Shape = new(
        "DescribeStateMachineAliasInput",
        Member.Required("stateMachineAliasArn", Shapes.Arn));

    public string Name => nameof(DescribeStateMachineAlias);

    public OperationAccess Access => OperationAccess.Read;

    public StructureShape Request => Shape;

    public async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        MachineArn arn = MachineArn.Parse(request.RequiredText("stateMachineAliasArn"), MachineArnKind.Alias);
        AliasRecord alias = await catalog.FindAliasAsync(arn, cancellationToken) ?? throw ApiErrors.ResourceMissing();
        return new JsonObjectBuilder()
            .Set("stateMachineAliasArn", alias.Arn)
            .Set("name", alias.Name)
            .SetIfPresent("description", alias.Description is null ? null : (JsonValue)alias.Description)
            .Set("routingConfiguration", alias.Routing)
            .Set("creationDate", alias.CreationDate.ToWire())
            .Set("updateDate", alias.UpdateDate.ToWire())
            .Build();
    }
}
