using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Describes a state machine or a version of it (DescribeStateMachine).</summary>
internal sealed class DescribeStateMachine(MachineCatalog catalog) : Operation(
    OperationAccess.Read,
    Member.Required("stateMachineArn", Shapes.Arn),
    Member.Optional("includedData", Shapes.IncludedData))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        MachineArn arn = MachineArn.Parse(request.RequiredText("stateMachineArn"), MachineArnKind.Machine, MachineArnKind.Version, MachineArnKind.Alias);
        MachineRecord machine = await catalog.GetAsync(arn, cancellationToken);
        VersionRecord? version = arn.Kind == MachineArnKind.Machine
            ? null
            : await catalog.FindVersionAsync(arn, cancellationToken) ?? throw ApiErrors.StateMachineDoesNotExist(arn.Text);
        return MachineView.Describe(machine, version, request.Text("includedData") != "METADATA_ONLY");
    }
}
