using StepFlow.Runtime.Documents;
using StepFlow.Runtime.Problems;
using StepFlow.Service.Executions;

namespace StepFlow.Service.Operations;

/// <summary>Describes an execution (DescribeExecution).</summary>
internal sealed class DescribeExecution(ExecutionFinder finder, RedriveRules redrive, IExecutionProblems problems, ExecutionActors actors) : Operation(
    OperationAccess.Read,
    Member.Required("executionArn", Shapes.Arn),
    Member.Optional("includedData", Shapes.IncludedData))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ExecutionRecord execution = await finder.GetAsync(request.RequiredText("executionArn"), cancellationToken);
        IReadOnlyList<ExecutionProblem> found = execution.Status == ExecutionStatus.Running
            ? await problems.FindAsync(execution.Start.ExecutionArn, cancellationToken)
            : [];
        bool withData = request.Text("includedData") != "METADATA_ONLY";
        return caller.IsRest
            ? ExecutionView.Describe(execution, redrive, found, withData, await actors.FindAsync(execution, cancellationToken))
            : ExecutionView.Describe(execution, redrive, found, withData).Build();
    }
}
