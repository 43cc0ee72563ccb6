using StepFlow.Language.Json;
using StepFlow.Service.Requests;
using StepFlow.Service.Tags;

namespace StepFlow.Service.Operations;

/// <summary>Lists the tags of a state machine or an activity (ListTagsForResource).</summary>
internal sealed class ListTagsForResource(TaggedResources resources) : IOperation
{
    private static readonly StructureShape Shape = new(
        "ListTagsForResourceInput",
        Member.Required("resourceArn", Shapes.Arn));

    public string Name => nameof(ListTagsForResource);

    public OperationAccess Access => OperationAccess.Read;

    public StructureShape Request => Shape;

    public async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        JsonObject tags = await resources.FindAsync(request.RequiredText("resourceArn"), cancellationToken);
        return JsonObject.Create(("tags", TagList.ToWire(tags)));
    }
}
