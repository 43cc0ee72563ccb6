using StepFlow.Integrations.Http;
using StepFlow.Language;

namespace StepFlow.Integrations.Rest;

/// <summary>
/// Runs the tasks that call REST APIs. With <c>.sync</c> a task waits for the operation that its request started. A
/// repetition of the task, also after a restart, reads the state of that operation and does not send the request again.
/// </summary>
internal sealed class RestRunner(RestTargets targets, RestClient client, RestOperations operations, ITaskNotes notes, LastingStart starts, HostStopping stopping, TimeProvider time)
{
    /// <summary>How long the cancellation of an operation may take.</summary>
    private static readonly TimeSpan CancelTime = TimeSpan.FromSeconds(30);

    /// <summary>Sends a task's request, and waits for its operation where the task does.</summary>
    /// <param name="target">The API.</param>
    /// <param name="view">Makes the result from a response.</param>
    /// <param name="cancellationToken">The outcome is no longer needed, or the host stops.</param>
    public async Task<TaskOutcome> RunAsync(TaskCall call, RestTarget target, RestRequest request, Func<RestResponse, JsonValue> view, CancellationToken cancellationToken)
    {
        target = targets.For(target, call);
        bool waits = call.Resource.Pattern is TaskPattern.Sync or TaskPattern.Sync2;
        RestOperation? operation = null;
        try
        {
            operation = call.JobReference is JsonObject reference ? RestOperation.FromNote(reference)
                : waits && await notes.FindAsync(call.IdempotencyKey, CancellationToken.None) is JsonObject note ? RestOperation.FromNote(note) : null;
            cancellationToken.ThrowIfCancellationRequested();
            if (call.StopsJob)
            {
                await (operation is null ? Task.CompletedTask : operations.CancelAsync(target, operation, cancellationToken));
                return new TaskCompleted(JsonObject.Empty);
            }

            if (operation is null)
            {
                RestRequest marked = Marked(request, call);
                RestResponse? response = waits
                    ? await starts.RunAsync(left => client.SendAsync(target, marked, left), cancellationToken)
                    : await client.SendAsync(target, marked, cancellationToken);
                if (response is not { IsSuccess: true } && (response is null || !RestOperation.IsRepetition(request, response)))
                {
                    return response is null ? RestErrors.TooLarge(target) : RestErrors.Refused(response);
                }

                operation = waits ? RestOperation.Of(request, response) : null;
                if (operation is null)
                {
                    return new TaskCompleted(view(response));
                }

                await notes.StoreAsync(call.IdempotencyKey, operation.ToNote(), CancellationToken.None);
                cancellationToken.ThrowIfCancellationRequested();
                JsonValue submitted = view(response);
                if (call.PollsJobs)
                {
                    return new TaskPending(submitted, operation.ToNote(), RestOperations.PauseBefore(target, operation));
                }

                await (call.Submitted?.Invoke(submitted, cancellationToken) ?? Task.CompletedTask);
            }

            return await WaitAsync(call, target, operation, view, cancellationToken);
        }
        catch (OperationCanceledException) when (operation is not null && cancellationToken.IsCancellationRequested && !stopping.Token.IsCancellationRequested)
        {
            using var timeout = new CancellationTokenSource(CancelTime, time);
            await operations.CancelAsync(target, operation, timeout.Token);
            throw;
        }
    }

    /// <summary>Waits for the operation's end. If the host polls jobs, it reads the operation's state only once.</summary>
    private async Task<TaskOutcome> WaitAsync(TaskCall call, RestTarget target, RestOperation operation, Func<RestResponse, JsonValue> view, CancellationToken cancellationToken)
    {
        if (call.PollsJobs)
        {
            (RestOutcome? end, RestOperation next) = await operations.PollAsync(target, operation, cancellationToken);
            return end is null ? new TaskPending(JsonObject.Empty, next.ToNote(), RestOperations.PauseBefore(target, next))
                : end.Failure ?? (TaskOutcome)new TaskCompleted(view(end.Response!));
        }

        RestOutcome outcome = await operations.FollowAsync(target, operation, cancellationToken);
        return outcome.Failure ?? (TaskOutcome)new TaskCompleted(view(outcome.Response!));
    }

    // Adds the headers with which services recognize a repetition.
    private static RestRequest Marked(RestRequest request, TaskCall call) => request with
    {
        Headers =
        [
            .. request.Headers,
            new("Idempotency-Key", HeaderText.Encode(call.IdempotencyKey)),
            new("x-ms-client-request-id", Responses.RequestId.For(call.IdempotencyKey)),
            .. call.TraceParent is { } trace ? [new("traceparent", trace)] : Array.Empty<KeyValuePair<string, string>>(),
        ],
    };
}
