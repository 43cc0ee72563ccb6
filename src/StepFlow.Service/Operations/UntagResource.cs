using StepFlow.Service.Tags;

namespace StepFlow.Service.Operations;

/// <summary>Removes tags (UntagResource).</summary>
internal sealed class UntagResource(TaggedResources resources) : Operation(
    OperationAccess.Admin,
    Member.Required("resourceArn", Shapes.Arn),
    Member.Required("tagKeys", new ListShape(Shapes.TagKey)))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        await resources.ChangeAsync(
            request.RequiredText("resourceArn"),
            tags => request.Array("tagKeys")!.OfType<JsonString>().Aggregate(tags, (left, key) => left.Without(key.Value)),
            cancellationToken);
        return JsonObject.Empty;
    }
}
