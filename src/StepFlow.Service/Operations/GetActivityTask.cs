using StepFlow.Service.Activities;

namespace StepFlow.Service.Operations;

/// <summary>Waits up to 60 s for a task of an activity. The response is empty if there was none (GetActivityTask).</summary>
internal sealed class GetActivityTask(ActivityCatalog catalog, ActivityPoll poll) : Operation(
    OperationAccess.Start,
    Member.Required("activityArn", Shapes.Arn),
    Member.Optional("workerName", Shapes.Name))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ActivityRecord activity = await catalog.GetAsync(Arn.Parse(request.RequiredText("activityArn"), Arn.ActivityType), cancellationToken);
        return await poll.TakeAsync(activity.Arn, request.Text("workerName"), cancellationToken) is { } task
            ? JsonObject.Create(("taskToken", task.TaskToken), ("input", task.Input.ToString()))
            : JsonObject.Empty;
    }
}
