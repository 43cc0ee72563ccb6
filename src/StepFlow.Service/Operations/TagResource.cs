using StepFlow.Service.Tags;

namespace StepFlow.Service.Operations;

/// <summary>Adds or changes tags (TagResource).</summary>
internal sealed class TagResource(TaggedResources resources) : Operation(
    OperationAccess.Admin,
    Member.Required("resourceArn", Shapes.Arn),
    Member.Required("tags", Shapes.TagList))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        string arn = request.RequiredText("resourceArn");
        await resources.ChangeAsync(arn, tags => TagList.Merge(tags, request.Array("tags"), arn), cancellationToken);
        return JsonObject.Empty;
    }
}
