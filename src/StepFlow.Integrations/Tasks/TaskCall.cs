using StepFlow.Language;

namespace StepFlow.Integrations.Tasks;

/// <summary>One call of a task.</summary>
public sealed record TaskCall
{
    public required string ExecutionArn { get; init; }

    public required string ExecutionName { get; init; }

    public required string StateMachineArn { get; init; }

    public required string StateName { get; init; }

    /// <summary>What to call.</summary>
    public required TaskResource Resource { get; init; }

    /// <summary>With what.</summary>
    public required JsonValue Arguments { get; init; }

    /// <summary>The arguments as the workflow has them, with placeholders instead of secrets; null if they are <see cref="Arguments"/>.</summary>
    public JsonValue? HiddenArguments { get; init; }

    /// <summary>The task's id in its execution.</summary>
    public string TaskId { get; init; } = string.Empty;

    /// <summary>The same for every repetition of this attempt. With it the called service can recognize a repetition.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>How many attempts were made before, from 0.</summary>
    public int RetryCount { get; init; }

    /// <summary>When the outcome is no longer needed; null for no limit.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The task's token; null if it is not completed by a token.</summary>
    public string? TaskToken { get; init; }

    /// <summary>The state's Credentials; null for none.</summary>
    public JsonValue? Credentials { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the task's span; null where nothing is traced.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The test case of a mock configuration that the execution was started with; null for none.</summary>
    public string? MockTestCase { get; init; }

    /// <summary>
    /// For a task that waits for a job (<c>.sync</c>): durably stores the response to the request, before the call
    /// waits for the job's end (<c>TaskSubmitted</c>). A repetition changes nothing. Null if it is not stored.
    /// </summary>
    public Func<JsonValue, CancellationToken, Task>? Submitted { get; init; }

    /// <summary>
    /// For a task that waits for a job (<c>.sync</c>): whether the host calls again while the job runs (<see cref="TaskPending"/>),
    /// instead of one call that lasts as long as the job.
    /// </summary>
    public bool PollsJobs { get; init; }

    /// <summary>The reference from <see cref="TaskPending"/> of an earlier call of the same attempt. The job's state is read, and the job is not started again. Null for the first call.</summary>
    public JsonValue? JobReference { get; init; }

    /// <summary>Whether the job of <see cref="JobReference"/> is no longer needed, and must be stopped.</summary>
    public bool StopsJob { get; init; }

    /// <summary>
    /// For an HTTP task: receives the request when it is sent, and again together with the response. It must not throw. Null
    /// if it is not needed.
    /// </summary>
    public Action<HttpExchange>? Exchanged { get; init; }

    /// <summary>
    /// How long the call may wait where a limit of the settings is used up, before the host repeats it later; null for as long
    /// as the task may take.
    /// </summary>
    public TimeSpan? LongestLimitWait { get; init; }

    /// <summary>Called with <c>true</c> when the call begins to wait for a limit of the settings, and with <c>false</c> when it continues. It must not throw.</summary>
    public Action<bool>? WaitsForTurn { get; init; }

    /// <summary>Receives the progress of the task, which also shows that it runs. It must not throw.</summary>
    public Action<TaskProgress>? Progress { get; init; }

    /// <summary>An ARN of the state machine's region and account; null where it has none.</summary>
    internal string? Arn(string service, string resource)
    {
        string[] parts = StateMachineArn.Split(':');
        return parts.Length > 4 ? $"arn:{parts[1]}:{service}:{parts[3]}:{parts[4]}:{resource}" : null;
    }
}

/// <summary>How far a task has come.</summary>
/// <param name="Fraction">From 0 to 1; null where it is not known.</param>
/// <param name="Message">The current step.</param>
public sealed record TaskProgress(double? Fraction, string Message);
