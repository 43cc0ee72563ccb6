using StepFlow.Execution.Signals;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Service.Errors;

namespace StepFlow.Service.Tasks;

/// <summary>Lets tasks of activities that do not exist fail, rather than wait for a worker that never comes.</summary>
/// <param name="inner">The queue.</param>
/// <param name="reference">The service that knows the activities.</param>
/// <param name="time">The clock.</param>
public sealed class CheckedActivityQueue(IActivityQueue inner, ServiceReference reference, TimeProvider time) : IActivityQueue
{
    /// <inheritdoc/>
    public async Task EnqueueAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken)
    {
        StepFunctionsService service = reference.Service;
        ApiResult found = await service.InvokeAsync("DescribeActivity", JsonObject.Create(("activityArn", activityArn)), CallerContext.Internal, cancellationToken);
        if (found.Error?.Code is ErrorCodes.ActivityDoesNotExist or ErrorCodes.InvalidArn)
        {
            // Not awaited: the host's turn may wait for this very call. A host that crashes now asks again.
            _ = service.Host.SignalAsync(
                task.ExecutionArn,
                new TaskFailed(time.GetUtcNow(), task.TaskId, ErrorNames.Runtime, $"The activity {activityArn} does not exist.", TaskFailureStage.Schedule),
                CancellationToken.None);
            return;
        }

        await inner.EnqueueAsync(activityArn, task, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ActivityTask?> DequeueAsync(string activityArn, TimeSpan wait, CancellationToken cancellationToken) => inner.DequeueAsync(activityArn, wait, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ConfirmAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken) => inner.ConfirmAsync(activityArn, task, cancellationToken);

    /// <inheritdoc/>
    public Task ReturnAsync(string activityArn, ActivityTask task, CancellationToken cancellationToken) => inner.ReturnAsync(activityArn, task, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string activityArn, string taskToken, CancellationToken cancellationToken) => inner.RemoveAsync(activityArn, taskToken, cancellationToken);
}
