using StepFlow.Runtime.Documents;
using StepFlow.Service.Activities;
using StepFlow.Service.StateMachines;

namespace StepFlow.Service.Operations;

/// <summary>Describes an activity (DescribeActivity).</summary>
internal sealed class DescribeActivity(ActivityCatalog catalog) : Operation(
    OperationAccess.Read,
    Member.Required("activityArn", Shapes.Arn))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ActivityRecord activity = await catalog.GetAsync(Arn.Parse(request.RequiredText("activityArn"), Arn.ActivityType), cancellationToken);
        return JsonObject.Create(
            ("activityArn", activity.Arn),
            ("name", activity.Name),
            ("creationDate", activity.CreationDate.ToWire()),
            ("encryptionConfiguration", MachineSettings.OwnedKey));
    }
}
