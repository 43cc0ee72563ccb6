using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Evaluation;

namespace StepFlow.Service.Tasks;

/// <summary>A task whose job is an execution: started, waited for, and stopped together with the task (<c>states:startExecution.sync</c>, <c>.sync:2</c>).</summary>
internal sealed class ExecutionJob(ITaskRunner inner, ServiceCalls calls, CancellationToken stopping)
{
    /// <summary>Runs the job to its end. A repetition after a crash finds the execution by its name and waits for it.</summary>
    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        TaskOutcome submitted = await inner.RunAsync(call, cancellationToken);
        if (submitted is not TaskAccepted { Output: JsonObject response } || response["ExecutionArn"] is not JsonString { Value: var arn })
        {
            return submitted;
        }

        if (call.Submitted is { } store)
        {
            await store(response, cancellationToken);
        }

        try
        {
            ExecutionRecord? ended = await calls.WaitAsync(arn, cancellationToken);
            return ended is null ? submitted : await JoinAsync(call, arn, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            // The task was cancelled, and not because the server stops. Its execution is stopped too.
            await calls.StopAsync(arn);
            throw;
        }
    }

    /// <summary>The outcome of a job that has ended.</summary>
    public async Task<TaskOutcome> JoinAsync(TaskCall call, string arn, CancellationToken cancellationToken)
    {
        ApiResult described = await calls.InvokeAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)), CallerContext.Internal, cancellationToken);
        if (!described.IsSuccess)
        {
            return new TaskRejected(ErrorNames.TaskFailed, described.Error.Message);
        }

        bool succeeded = described.Response["status"] is JsonString { Value: "SUCCEEDED" };
        JsonObject view = ExecutionJobView.Of(described.Response, call.Resource.Pattern == TaskPattern.Sync2, succeeded);
        return succeeded ? new TaskCompleted(view) : new TaskRejected(ErrorNames.TaskFailed, view.ToString());
    }
}
