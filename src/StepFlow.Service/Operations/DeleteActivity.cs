using StepFlow.Service.Activities;

namespace StepFlow.Service.Operations;

/// <summary>Deletes an activity. Does nothing if it does not exist (DeleteActivity).</summary>
internal sealed class DeleteActivity(ActivityCatalog catalog) : Operation(
    OperationAccess.Admin,
    Member.Required("activityArn", Shapes.Arn))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        Arn arn = Arn.Parse(request.RequiredText("activityArn"), Arn.ActivityType);
        if (await catalog.FindAsync(arn, cancellationToken) is not null)
        {
            await catalog.Activities.DeleteAsync(arn.Resource, cancellationToken);
        }

        return JsonObject.Empty;
    }
}
