using StepFlow.Runtime.Documents;
using StepFlow.Service.Activities;
using StepFlow.Service.Pages;

namespace StepFlow.Service.Operations;

/// <summary>Lists the activities by name (ListActivities).</summary>
internal sealed class ListActivities(ActivityCatalog catalog, DocumentPages pages) : Operation(
    OperationAccess.Read,
    Member.Optional("maxResults", Shapes.PageSize),
    Member.Optional("nextToken", Shapes.PageToken))
{
    public override Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken) =>
        pages.ReadAsync<ActivityRecord>(new(catalog.Activities, Name, string.Empty, "activities", View), request, cancellationToken);

    private static JsonObject View(ActivityRecord activity) =>
        JsonObject.Create(("activityArn", activity.Arn), ("name", activity.Name), ("creationDate", activity.CreationDate.ToWire()));
}
