using StepFlow.Execution.Signals;
using StepFlow.Execution.Tokens;
using StepFlow.Service.TaskTokens;

namespace StepFlow.Service.Operations;

/// <summary>Sends the heartbeat of a task (SendTaskHeartbeat).</summary>
internal sealed class SendTaskHeartbeat(TaskTokenSignals tokens, TimeProvider time) : Operation(
    OperationAccess.Start,
    Member.Required("taskToken", Shapes.TaskToken))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        TaskToken token = await tokens.VerifyAsync(request.RequiredText("taskToken"), cancellationToken);
        await tokens.DeliverAsync(token, new TaskHeartbeat(time.GetUtcNow(), token.TaskId), cancellationToken);
        return JsonObject.Empty;
    }
}
