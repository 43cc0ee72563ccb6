using StepFlow.Runtime.Problems;
using StepFlow.Service.Executions;

namespace StepFlow.Service.Operations;

/// <summary>Tries again now to continue a running execution that has problems, instead of at the next automatic attempt. The response has the remaining problems.</summary>
internal sealed class RetryExecution(ExecutionFinder finder, IExecutionProblems problems) : Operation(
    OperationAccess.Operate,
    Member.Required("executionArn", Shapes.Arn))
{
    public override bool IsRestOnly => true;

    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ExecutionRecord execution = await finder.GetAsync(request.RequiredText("executionArn"), cancellationToken);
        string arn = execution.Start.ExecutionArn;
        if (execution.Status != ExecutionStatus.Running)
        {
            throw ApiErrors.Conflict($"The execution is {StatusNames.Of(execution.Status)}: there is nothing to try again. To continue an execution that failed, use RedriveExecution.");
        }

        bool tried = await problems.RetryAsync(arn, cancellationToken);
        IReadOnlyList<ExecutionProblem> left = await problems.FindAsync(arn, cancellationToken);
        return JsonObject.Create(("retried", tried), ("problems", ProblemView.List(left, withExecution: false)));
    }
}
