using StepFlow.Language;
using StepFlow.Language.Json;
using StepFlow.Service.Arns;
using StepFlow.Service.Errors;

namespace StepFlow.Service.Deployments;

/// <summary>Brings definitions to the service in its own process: those that a host is started with.</summary>
/// <param name="service">The service.</param>
/// <param name="roleArn">The role that new state machines name.</param>
public sealed class MachineDeployment(StepFunctionsService service, string roleArn)
{
    /// <summary>Creates a state machine, or updates the one of this name. What runs already goes on with the definition that it was started with.</summary>
    /// <param name="name">The state machine's name.</param>
    /// <param name="definition">Its definition.</param>
    /// <param name="type">Its type; that of one that exists stays.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its ARN, as <c>stateMachineArn</c>; or why it is refused.</returns>
    public async Task<ApiResult> DeployAsync(string name, string definition, StateMachineType type, CancellationToken cancellationToken)
    {
        JsonObject request = JsonObject.Create(
            ("name", name), ("definition", definition), ("roleArn", roleArn), ("type", type == StateMachineType.Express ? "EXPRESS" : "STANDARD"));
        ApiResult created = await service.InvokeAsync("CreateStateMachine", request, CallerContext.Internal, cancellationToken);
        if (created.IsSuccess || created.Error.Code != ErrorCodes.StateMachineAlreadyExists)
        {
            return created;
        }

        string arn = new ArnFormat(service.Options).StateMachine(name);
        ApiResult updated = await service.InvokeAsync(
            "UpdateStateMachine", JsonObject.Create(("stateMachineArn", arn), ("definition", definition)), CallerContext.Internal, cancellationToken);
        return updated.IsSuccess ? ApiResult.Success(JsonObject.Create(("stateMachineArn", arn))) : updated;
    }
}
