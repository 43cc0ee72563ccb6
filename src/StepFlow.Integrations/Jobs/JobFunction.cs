using StepFlow.Integrations.Functions;

namespace StepFlow.Integrations.Jobs;

/// <summary>
/// A function that a job runs (<c>Functions:NAME:Job</c>). The job gets the payload, and its result is the function's: JSON, or
/// Lambda's <c>{"errorType": …, "errorMessage": …}</c> of a job that failed. A host that polls jobs calls again while it runs.
/// </summary>
internal sealed class JobFunction(string name, IJob job, JobBlobs blobs, JobWait wait) : IFunctionHandler
{
    /// <summary>Bytes of a payload that an environment variable holds: Linux allows 128 KiB.</summary>
    private const int MaxVariableBytes = 32 * 1024;

    public string Name => name;

    public async Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(call.Task with { Arguments = call.Payload }, cancellationToken);
        }
        catch (Exception failure) when (failure is not TaskOutageException && !cancellationToken.IsCancellationRequested && Outages.IsOutage(failure))
        {
            // The job continues. The host repeats the call and finds the job.
            throw new TaskOutageException(Outages.ReasonOf(failure), failure);
        }
    }

    private async Task<FunctionResult> RunAsync(TaskCall task, CancellationToken cancellationToken)
    {
        if (task.StopsJob)
        {
            await job.StopAsync(task.IdempotencyKey, cancellationToken);
            return new FunctionSucceeded(JsonObject.Empty);
        }

        JobRequest request = JobReference.IdOf(task) is null ? await RequestAsync(task, cancellationToken) : new(task);
        JobState state = await wait.RunAsync(job, request, static (_, _) => Task.CompletedTask, cancellationToken);
        if (state.Phase == JobPhase.Running)
        {
            return new FunctionPending(JobReference.Next(task, state, out int polls), JobWait.Pause(job, polls));
        }

        JsonValue? result = job.HasResultFile ? state.Result : await blobs.ReadAsync(JobBlobs.ResultPath(task.IdempotencyKey), cancellationToken);
        return state.Phase == JobPhase.Succeeded && result is not null ? new FunctionSucceeded(result)
            : state.Phase == JobPhase.Failed && FunctionResponse.ReadFailure(result) is { } failure ? failure
            : new FunctionFailed(FunctionErrors.ExitError, JobErrors.NoResult(job.Name, state.Failure));
    }

    private async Task<JobRequest> RequestAsync(TaskCall task, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string> { [JobVariables.Function] = name };
        if (job.HasResultFile)
        {
            return new(task) { Environment = environment };
        }

        await blobs.PrepareAsync(cancellationToken);
        environment[JobVariables.ResultBlob] = JobBlobs.ResultPath(task.IdempotencyKey);
        if (task.Arguments.Utf8Length <= MaxVariableBytes)
        {
            return new(task) { Environment = environment };
        }

        string input = JobBlobs.InputPath(task.IdempotencyKey);
        await blobs.WriteAsync(input, task.Arguments, cancellationToken);
        environment[JobVariables.InputBlob] = input;
        return new(task with { Arguments = JsonObject.Empty }) { Environment = environment };
    }
}
