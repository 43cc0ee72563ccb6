using StepFlow.Runtime.MapRuns;
using StepFlow.Service.MapRuns;

namespace StepFlow.Service.Operations;

/// <summary>Describes a Map Run: its settings and how far it has come (DescribeMapRun).</summary>
internal sealed class DescribeMapRun(IMapRuns directory) : Operation(
    OperationAccess.Read,
    Member.Required("mapRunArn", Shapes.LongArn))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        Arn arn = Arn.Parse(request.RequiredText("mapRunArn"), Arn.MapRunType);
        return MapRunView.Describe(await directory.FindAsync(arn.Text, cancellationToken) ?? throw ApiErrors.ResourceNotFound(arn.Text));
    }
}
