using StepFlow.Language.Json;
using StepFlow.Service.Requests;
using StepFlow.Service.Tags;

namespace StepFlow.Service.Operations;

/// <summary>Adds or changes tags (TagResource).</summary>
internal sealed class TagResource(TaggedResources resources) : IOperation
{
    private static readonly StructureShape Shape = new(
        "TagResourceInput",
        Member.Required("resourceArn", Shapes.Arn),
        Member.Required("tags", Shapes.TagList));

    public string Name => nameof(TagResource);

    public OperationAccess Access => OperationAccess.Admin;

    public StructureShape Request => Shape;

    public async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        string arn = request.RequiredText("resourceArn");
        await resources.ChangeAsync(arn, tags => TagList.Merge(tags, request.List("tags"), arn), cancellationToken);
        return JsonObject.Empty;
    }
}
