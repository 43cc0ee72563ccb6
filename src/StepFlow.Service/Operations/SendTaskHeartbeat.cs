using StepFlow.Execution.Signals;
using StepFlow.Language.Json;
using StepFlow.Service.Requests;
using StepFlow.Service.TaskTokens;

namespace StepFlow.Service.Operations;

/// <summary>Says that a task is alive (SendTaskHeartbeat).</summary>
internal sealed class SendTaskHeartbeat(TaskAnswers answers) : IOperation
{
    private static readonly StructureShape Shape = new(
        "SendTaskHeartbeatInput",
        Member.Required("taskToken", Shapes.TaskToken));

    public string Name => nameof(SendTaskHeartbeat);

    public OperationAccess Access => OperationAccess.Start;

    public StructureShape Request => Shape;

    public async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        await answers.SendAsync(request.RequiredText("taskToken"), (time, taskId) => new TaskHeartbeat(time, taskId), cancellationToken);
        return JsonObject.Empty;
    }
}
