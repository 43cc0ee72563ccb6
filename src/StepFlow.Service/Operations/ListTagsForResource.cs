using StepFlow.Service.Tags;

namespace StepFlow.Service.Operations;

/// <summary>Lists the tags of a state machine or an activity (ListTagsForResource).</summary>
internal sealed class ListTagsForResource(TaggedResources resources) : Operation(
    OperationAccess.Read,
    Member.Required("resourceArn", Shapes.Arn))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        JsonObject tags = await resources.FindAsync(request.RequiredText("resourceArn"), cancellationToken);
        return JsonObject.Create(("tags", TagList.ToWire(tags)));
    }
}
