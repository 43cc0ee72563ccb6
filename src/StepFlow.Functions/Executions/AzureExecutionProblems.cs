using Microsoft.DurableTask.Client;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Problems;

namespace StepFlow.Functions.Executions;

/// <summary>
/// The problems of executions on Azure: a task whose activity fails and is repeated, from the orchestration's status, and
/// an orchestration that an operator suspended in Durable Functions. An execution that cannot be restored fails.
/// </summary>
internal sealed class AzureExecutionProblems(DurableClients clients, ExecutionStorage storage) : IExecutionProblems
{
    private const string Resumed = "An execution was tried again.";

    public async Task<IReadOnlyList<ExecutionProblem>> FindAsync(string executionArn, CancellationToken cancellationToken) =>
        await FindInstanceAsync(executionArn, cancellationToken) is { } instance ? Of(executionArn, instance) : [];

    /// <remarks>Suspended orchestrations only: for repeated tasks each running one would have to be read.</remarks>
    public async Task<IReadOnlyList<ExecutionProblem>> ListAsync(int count, CancellationToken cancellationToken)
    {
        var found = new List<ExecutionProblem>();
        var query = new OrchestrationQuery { Statuses = [OrchestrationRuntimeStatus.Suspended] };
        await foreach (OrchestrationMetadata listed in clients.Client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
        {
            if (found.Count >= count)
            {
                break;
            }

            if (listed.Name == ActivityNames.Orchestrator
                && await clients.FindAsync(listed.InstanceId, cancellationToken) is { IsCompleted: false } instance
                && instance.ReadInputAs<ExecutionInput>() is { } input)
            {
                string arn = WorkflowExecution.StartOf(await storage.ReadUtf8Async(input.Snapshot, cancellationToken)).ExecutionArn;
                found.AddRange(Of(arn, instance).Take(count - found.Count));
            }
        }

        return found;
    }

    public async Task<bool> RetryAsync(string executionArn, CancellationToken cancellationToken)
    {
        if (await FindInstanceAsync(executionArn, cancellationToken) is not { } instance || Of(executionArn, instance) is not { Count: > 0 } problems)
        {
            return false;
        }

        if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
        {
            await clients.Client.ResumeInstanceAsync(instance.InstanceId, Resumed, cancellationToken);
        }

        if (problems.Any(static problem => problem.Kind == ExecutionProblemKind.TaskRepeated))
        {
            await clients.Client.RaiseEventAsync(instance.InstanceId, EventNames.Retry, eventPayload: null, cancellationToken);
        }

        return true;
    }

    private static List<ExecutionProblem> Of(string executionArn, OrchestrationMetadata instance)
    {
        var problems = new List<ExecutionProblem>();
        if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
        {
            problems.Add(new()
            {
                ExecutionArn = executionArn,
                Kind = ExecutionProblemKind.Suspended,
                Reason = "Its orchestration was suspended in Durable Functions. It continues when you resume it there, or try it again here.",
                Since = instance.LastUpdatedAt,
            });
        }

        foreach (RepeatedTask task in InstanceView.Status<ProgressStatus>(instance)?.Repeated ?? [])
        {
            problems.Add(new()
            {
                ExecutionArn = executionArn,
                Kind = ExecutionProblemKind.TaskRepeated,
                CommandId = task.TaskId,
                StateName = task.StateName,
                Reason = task.Reason,
                FailedAttempts = task.FailedAttempts,
                Since = task.Since,
                NextAttempt = task.NextAttempt,
            });
        }

        return problems;
    }

    private async Task<OrchestrationMetadata?> FindInstanceAsync(string executionArn, CancellationToken cancellationToken) =>
        await storage.Records.FindAsync(executionArn, cancellationToken) is var (record, _)
        && RecordJson.Status(record) == ExecutionStatus.Running
        && await clients.FindAsync(RecordJson.Instance(record), cancellationToken) is { IsCompleted: false } instance
            ? instance
            : null;
}
