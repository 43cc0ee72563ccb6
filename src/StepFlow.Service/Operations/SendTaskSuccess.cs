using StepFlow.Execution.Signals;
using StepFlow.Execution.Tokens;
using StepFlow.Language.Json;
using StepFlow.Service.Payloads;
using StepFlow.Service.Requests;
using StepFlow.Service.TaskTokens;

namespace StepFlow.Service.Operations;

/// <summary>Answers a task by its token: it ended well (SendTaskSuccess).</summary>
internal sealed class SendTaskSuccess(TaskTokenSignals tokens, PayloadText payloads, TimeProvider time) : IOperation
{
    private static readonly StructureShape Shape = new(
        "SendTaskSuccessInput",
        Member.Required("taskToken", Shapes.TaskToken),
        Member.Required("output", Shapes.Data));

    public string Name => nameof(SendTaskSuccess);

    public OperationAccess Access => OperationAccess.Start;

    public StructureShape Request => Shape;

    public async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        TaskToken token = await tokens.VerifyAsync(request.RequiredText("taskToken"), cancellationToken);
        JsonValue output = payloads.Output(request.RequiredText("output"));
        await tokens.DeliverAsync(token, new TaskSucceeded(time.GetUtcNow(), token.TaskId, output), cancellationToken);
        return JsonObject.Empty;
    }
}
