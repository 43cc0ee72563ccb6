using StepFlow.Execution.Signals;
using StepFlow.Execution.Tokens;
using StepFlow.Language.Json;
using StepFlow.Service.Requests;
using StepFlow.Service.TaskTokens;

namespace StepFlow.Service.Operations;

/// <summary>Says that a task is alive (SendTaskHeartbeat).</summary>
internal sealed class SendTaskHeartbeat(TaskTokenSignals tokens, TimeProvider time) : IOperation
{
    private static readonly StructureShape Shape = new(
        "SendTaskHeartbeatInput",
        Member.Required("taskToken", Shapes.TaskToken));

    public string Name => nameof(SendTaskHeartbeat);

    public OperationAccess Access => OperationAccess.Start;

    public StructureShape Request => Shape;

    public async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        TaskToken token = await tokens.VerifyAsync(request.RequiredText("taskToken"), cancellationToken);
        await tokens.DeliverAsync(token, new TaskHeartbeat(time.GetUtcNow(), token.TaskId), cancellationToken);
        return JsonObject.Empty;
    }
}
