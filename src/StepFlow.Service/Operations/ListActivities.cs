using StepFlow.Language.Json;
using StepFlow.Runtime.Documents;
using StepFlow.Service.Activities;
using StepFlow.Service.Pages;
using StepFlow.Service.Requests;

namespace StepFlow.Service.Operations;

/// <summary>Lists the activities by name (ListActivities).</summary>
internal sealed class ListActivities(ActivityCatalog catalog, DocumentPages pages) : IOperation
{
    private static readonly StructureShape Shape = new(
        "ListActivitiesInput",
        Member.Optional("maxResults", Shapes.PageSize),
        Member.Optional("nextToken", Shapes.PageToken));

    public string Name => nameof(ListActivities);

    public OperationAccess Access => OperationAccess.Read;

    public StructureShape Request => Shape;

    public async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        return await pages.ReadAsync(
            catalog.Activities,
            request,
            nameof(ListActivities),
            string.Empty,
            "activities",
            activity => JsonObject.Create(("activityArn", activity.Arn), ("name", activity.Name), ("creationDate", activity.CreationDate.ToWire())),
            cancellationToken);
    }
}
