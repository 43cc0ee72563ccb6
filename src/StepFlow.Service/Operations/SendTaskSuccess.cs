using StepFlow.Execution.Signals;
using StepFlow.Execution.Tokens;
using StepFlow.Service.Payloads;
using StepFlow.Service.TaskTokens;

namespace StepFlow.Service.Operations;

/// <summary>Completes a task by its token: it succeeded (SendTaskSuccess).</summary>
internal sealed class SendTaskSuccess(TaskTokenSignals tokens, PayloadText payloads, TimeProvider time) : Operation(
    OperationAccess.Start,
    Member.Required("taskToken", Shapes.TaskToken),
    Member.Required("output", Shapes.Data))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        TaskToken token = await tokens.VerifyAsync(request.RequiredText("taskToken"), cancellationToken);
        JsonValue output = payloads.Output(request.RequiredText("output"));
        await tokens.DeliverAsync(token, new TaskSucceeded(time.GetUtcNow(), token.TaskId, output), cancellationToken);
        return JsonObject.Empty;
    }
}
