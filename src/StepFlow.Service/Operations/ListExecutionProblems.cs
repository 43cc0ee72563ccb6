using StepFlow.Runtime.Problems;
using StepFlow.Service.Executions;
using StepFlow.Service.Pages;

namespace StepFlow.Service.Operations;

/// <summary>Lists the problems of running executions that the host knows without reading each execution.</summary>
internal sealed class ListExecutionProblems(IExecutionProblems problems) : Operation(
    OperationAccess.Read,
    Member.Optional("maxResults", Shapes.PageSize))
{
    public override bool IsRestOnly => true;

    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken) =>
        JsonObject.Create(("problems", ProblemView.List(await problems.ListAsync(PageSize.Of(request), cancellationToken), withExecution: true)));
}
