using StepFlow.Execution.Signals;
using StepFlow.Execution.Tokens;
using StepFlow.Service.TaskTokens;

namespace StepFlow.Service.Operations;

/// <summary>Completes a task by its token: it failed (SendTaskFailure).</summary>
internal sealed class SendTaskFailure(TaskTokenSignals tokens, TimeProvider time) : Operation(
    OperationAccess.Start,
    Member.Required("taskToken", Shapes.TaskToken),
    Member.Optional("error", Shapes.Error),
    Member.Optional("cause", Shapes.Cause))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        TaskToken token = await tokens.VerifyAsync(request.RequiredText("taskToken"), cancellationToken);
        await tokens.DeliverAsync(token, new TaskFailed(time.GetUtcNow(), token.TaskId, request.Text("error"), request.Text("cause")), cancellationToken);
        return JsonObject.Empty;
    }
}
