using StepFlow.Language;
using StepFlow.Language.Evaluation;

namespace StepFlow.Integrations.Aws;

/// <summary>
/// Runs tasks that wait for a job of AWS. A repetition of the task, also after a restart, reads the state of the job that was started. A
/// task that is cancelled stops the job.
/// </summary>
internal sealed class AwsJobRunner(AwsOperations operations, ITaskNotes notes, LastingStart starts, TimeProvider time, HostStopping stopping)
{
    private const string RequestMember = "ask";
    private const string PollsMember = "asked";

    /// <summary>The longest pause between two polls, in seconds.</summary>
    private const int LongestPause = 15;

    /// <summary>How long stopping a job may take.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);

    /// <summary>Starts the job, or finds it again, and waits for its end.</summary>
    /// <param name="cancellationToken">The outcome is no longer needed, or the host stops.</param>
    public async Task<TaskOutcome> RunAsync(TaskCall call, AwsAccount account, AwsProtocol protocol, AwsJobKind kind, CancellationToken cancellationToken)
    {
        JsonObject? describeRequest = null;
        try
        {
            var reference = (call.JobReference ?? await notes.FindAsync(call.IdempotencyKey, CancellationToken.None)) as JsonObject;
            describeRequest = reference?[RequestMember] as JsonObject;
            cancellationToken.ThrowIfCancellationRequested();
            if (call.StopsJob)
            {
                await (describeRequest is null ? Task.CompletedTask : operations.CallAsync(call, account, protocol, kind.Stop, kind.StopRequest(describeRequest), cancellationToken));
                return new TaskCompleted(JsonObject.Empty);
            }

            if (describeRequest is not null)
            {
                int polls = reference![PollsMember] is JsonNumber number && number.TryGetInt64(out long before) ? (int)before : 0;
                return await WaitAsync(call, account, protocol, kind, describeRequest, polls, cancellationToken);
            }

            StartedJob started = await StartAsync(call, account, protocol, kind, cancellationToken);
            if (started.Failure is { } failure)
            {
                return failure;
            }

            describeRequest = started.DescribeRequest!;
            await notes.StoreAsync(call.IdempotencyKey, Reference(describeRequest, 0), CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            if (call.PollsJobs)
            {
                return new TaskPending(started.Submitted, Reference(describeRequest, 0), Pause(0));
            }

            await (call.Submitted?.Invoke(started.Submitted, cancellationToken) ?? Task.CompletedTask);
            await Task.Delay(Pause(0), time, cancellationToken);
            return await WaitAsync(call, account, protocol, kind, describeRequest, 0, cancellationToken);
        }
        catch (OperationCanceledException) when (describeRequest is not null && cancellationToken.IsCancellationRequested && !stopping.Token.IsCancellationRequested)
        {
            using var timeout = new CancellationTokenSource(StopTime, time);
            await operations.CallAsync(call, account, protocol, kind.Stop, kind.StopRequest(describeRequest), timeout.Token);
            throw;
        }
    }

    private async Task<StartedJob> StartAsync(TaskCall call, AwsAccount account, AwsProtocol protocol, AwsJobKind kind, CancellationToken cancellationToken)
    {
        JsonObject request = AwsMembers.ToWire(protocol, kind.Start, call);
        AwsCallResult started = await starts.RunAsync(left => operations.CallAsync(call, account, protocol, kind.Start, request, left), cancellationToken);
        if (started.Failure is { } refused)
        {
            return new(null, JsonObject.Empty, refused);
        }

        JsonObject members = AwsMembers.FromWire(protocol, started.Members);
        return kind.DescribeRequest(request, started.Members) is { } describeRequest
            ? new(describeRequest, AwsOperations.Shown(call, members, started.Response!), null)
            : new(null, JsonObject.Empty, new TaskRejected(ErrorNames.TaskFailed, members.ToString()));
    }

    /// <summary>Reads the state of the job until it has ended; only once for a task whose job the host polls.</summary>
    private async Task<TaskOutcome> WaitAsync(
        TaskCall call, AwsAccount account, AwsProtocol protocol, AwsJobKind kind, JsonObject describeRequest, int polls, CancellationToken cancellationToken)
    {
        while (true)
        {
            AwsCallResult described = await operations.CallAsync(call, account, protocol, kind.Describe, describeRequest, cancellationToken);
            if (described.Failure is { } refused)
            {
                return refused;
            }

            if (kind.Job(described.Members) is { } job && !kind.IsRunning(job))
            {
                return End(call, protocol, kind, job);
            }

            polls++;
            if (call.PollsJobs)
            {
                return new TaskPending(JsonObject.Empty, Reference(describeRequest, polls), Pause(polls));
            }

            await Task.Delay(Pause(polls), time, cancellationToken);
        }
    }

    private static JsonObject Reference(JsonObject describeRequest, int polls) => JsonObject.Create((RequestMember, describeRequest), (PollsMember, polls));

    // Often at first, for jobs that are short.
    private static TimeSpan Pause(int polls) => TimeSpan.FromSeconds(Math.Min(LongestPause, 1 << Math.Min(polls, 4)));

    private static TaskOutcome End(TaskCall call, AwsProtocol protocol, AwsJobKind kind, JsonObject job)
    {
        JsonObject shown = AwsMembers.FromWire(protocol, job);
        JsonObject result = kind.ResultMember is { } member ? JsonObject.Create((member, shown)) : shown;
        if (!kind.IsSuccess(job))
        {
            return new TaskRejected(ErrorNames.TaskFailed, result.ToString());
        }

        return new TaskCompleted(call.Resource.Pattern == TaskPattern.Sync2 ? Parsed(Parsed(result, "Input"), "Output") : result);
    }

    /// <summary>With <c>.sync:2</c> the input and the output of an execution are JSON, not its text.</summary>
    private static JsonObject Parsed(JsonObject result, string member) =>
        result[member] is JsonString text && JsonValue.ParseOrNull(text.Value) is { } value ? result.With(member, value) : result;

    /// <param name="DescribeRequest">The request that describes the job; null if it was not started.</param>
    /// <param name="Submitted">The response, as the history shows it.</param>
    private readonly record struct StartedJob(JsonObject? DescribeRequest, JsonObject Submitted, TaskOutcome? Failure);
}
