using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using StepFlow.Execution.Commands;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Orchestration;
using StepFlow.Functions.Storage;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Runtime.Tasks;
using StepFlow.Service.Tasks;

namespace StepFlow.Functions.Activities;

/// <summary>The activities that run tasks. Each can run again after a crash. The called service recognizes the repetition by the idempotency key.</summary>
internal sealed class TaskActivities(
    TaskRoute route,
    StepFunctionsTasks tasks,
    IActivityQueue queue,
    ExecutionStorage storage,
    MessageHistory history,
    TaskWatch watch,
    DurableClients clients,
    TimeProvider time)
{
    /// <summary>Runs a task through the integrations.</summary>
    [Function(ActivityNames.RunTask)]
    public async Task<TaskActivityResult> RunTaskAsync(
        [ActivityTrigger] TaskRequest request, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        TaskActivityResult result = await history.RunAsync(
            request,
            () => request.StopsJob ? RunAsync(request, cancellationToken) : watch.RunAsync(request, token => RunAsync(request, token), cancellationToken),
            cancellationToken);
        return result with { Time = time.GetUtcNow() };
    }

    /// <summary>Cancels a task whose outcome is no longer needed, if it runs in this process. In another process it notices by itself.</summary>
    [Function(ActivityNames.CancelTask)]
    public Task CancelAsync([ActivityTrigger] TaskRequest request) => watch.CancelAsync(request);

    /// <summary>Hands a task to an activity's workers.</summary>
    [Function(ActivityNames.EnqueueActivityTask)]
    public async Task<TaskActivityResult> EnqueueAsync([ActivityTrigger] TaskRequest request, CancellationToken cancellationToken)
    {
        TaskActivityResult result = await history.RunAsync(
            request,
            async () => await ToResultAsync(request, await route.RunAsync(await CallAsync(request, cancellationToken), cancellationToken), cancellationToken),
            cancellationToken);
        return result with { Time = time.GetUtcNow() };
    }

    /// <summary>Takes a task back that no worker took.</summary>
    [Function(ActivityNames.RemoveActivityTask)]
    public Task RemoveAsync([ActivityTrigger] TaskRequest request, CancellationToken cancellationToken) =>
        queue.RemoveAsync(request.Resource, request.TaskToken ?? request.TaskId, cancellationToken);

    private async Task<TaskActivityResult> RunAsync(TaskRequest request, CancellationToken cancellationToken)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var submitted = new TaskCompletionSource<JsonValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCall call = await CallAsync(request, cancellationToken) with
        {
            Submitted = !IsExecution(request) ? null : (output, left) =>
            {
                submitted.TrySetResult(output);
                // An execution can run for months, but an activity cannot. The orchestration waits, and this call does nothing more.
                return Task.Delay(Timeout.InfiniteTimeSpan, time, left);
            },
        };
        if (request.JoinedExecutionArn is { } ended)
        {
            return await ToResultAsync(request, await tasks.JoinAsync(call, ended, cancellationToken), cancellationToken);
        }

        Task<TaskOutcome> run = route.RunAsync(call, leave.Token);
        if (await Task.WhenAny(run, submitted.Task) == submitted.Task)
        {
            await leave.CancelAsync();
            await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            JsonValue output = await submitted.Task;
            return await AcceptedAsync(request, output, cancellationToken) with
            {
                ChildExecutionArn = (output as JsonObject)?.Text("ExecutionArn"),
            };
        }

        return await ToResultAsync(request, await run, cancellationToken);
    }

    // For other jobs the outcome is that they run, and the orchestration reads their state later.
    private static bool IsExecution(TaskRequest request) => TaskResource.Parse(request.Resource) is { Service: "states", Action: "startExecution" } || request.MockTestCase is not null;

    private async Task<TaskCall> CallAsync(TaskRequest request, CancellationToken cancellationToken)
    {
        var command = new RunTask(request.TaskId)
        {
            StateName = request.StateName,
            Resource = TaskResource.Parse(request.Resource),
            Arguments = await storage.ReadAsync(request.Arguments, cancellationToken),
            RetryCount = request.RetryCount,
            TaskToken = request.TaskToken,
            Credentials = request.Credentials is { } credentials ? await storage.ReadAsync(credentials, cancellationToken) : null,
        };
        var origin = new TaskOrigin(request.ExecutionArn, request.ExecutionName, request.StateMachineArn, request.MockTestCase);
        return CommandCalls.Of(origin, command, request.Deadline) with
        {
            PollsJobs = !IsExecution(request),
            JobReference = request.JobReference is { } reference ? JsonValue.Parse(reference) : null,
            StopsJob = request.StopsJob,
            LongestLimitWait = ActivityOptions.LongestWait,
        };
    }

    private async Task<TaskActivityResult> ToResultAsync(TaskRequest request, TaskOutcome outcome, CancellationToken cancellationToken) => outcome switch
    {
        TaskCompleted completed => new() { Kind = TaskActivityResultKind.Completed, Output = await ResultAsync(request, completed.Output, cancellationToken) },
        TaskAccepted accepted => await AcceptedAsync(request, accepted.Output, cancellationToken),
        TaskRejected rejected => new()
        {
            Kind = TaskActivityResultKind.Rejected,
            Error = rejected.Error,
            Cause = await storage.StoreTextAsync(rejected.Cause, cancellationToken),
            Stage = rejected.Stage,
        },
        TaskPending pending => new()
        {
            Kind = TaskActivityResultKind.Pending,
            Output = await storage.StoreResultAsync(pending.Output, cancellationToken),
            JobReference = pending.Reference.ToString(),
            PollTime = time.GetUtcNow() + pending.After,
        },
        TaskQueued => new() { Kind = TaskActivityResultKind.Queued },
        var other => throw new InvalidOperationException($"{other.GetType().Name} is not an outcome that this host knows."),
    };

    private async Task<TaskActivityResult> AcceptedAsync(TaskRequest request, JsonValue output, CancellationToken cancellationToken) =>
        new() { Kind = TaskActivityResultKind.Accepted, Output = await ResultAsync(request, output, cancellationToken) };

    private Task<Payload> ResultAsync(TaskRequest request, JsonValue result, CancellationToken cancellationToken) =>
        request.ResultIsPassedOn ? storage.StoreAsync(result, cancellationToken) : storage.StoreResultAsync(result, cancellationToken);
}
