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

    /// <summary>The arguments as the workflow has them, with placeholders in the places of secrets; null where they are <see cref="Arguments"/>.</summary>
    public JsonValue? HiddenArguments { get; init; }

    /// <summary>The task's id in its execution.</summary>
    public string TaskId { get; init; } = string.Empty;

    /// <summary>The same for every repetition of this attempt: what is called can tell a repetition from a new call.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>How many attempts were made before, from 0.</summary>
    public int RetryCount { get; init; }

    /// <summary>When the answer no longer counts; null for never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The task's token; null where it is not answered by token.</summary>
    public string? TaskToken { get; init; }

    /// <summary>The state's Credentials; null where there are none.</summary>
    public JsonValue? Credentials { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the task's span; null where nothing is traced.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The test case of a mock configuration that the execution was started with; null for none.</summary>
    public string? MockTestCase { get; init; }

    /// <summary>
    /// For a task that waits for a job (<c>.sync</c>): keeps durably what the request answered, before the job's end is
    /// awaited within the same call (<c>TaskSubmitted</c>). Repeating it changes nothing. Null where nobody keeps it.
    /// </summary>
    public Func<JsonValue, CancellationToken, Task>? Submitted { get; init; }

    /// <summary>
    /// For a task that waits for a job (<c>.sync</c>): whether the host calls again while the job runs (<see cref="TaskPending"/>),
    /// instead of one call that lasts as long as the job.
    /// </summary>
    public bool PollsJobs { get; init; }

    /// <summary>What an earlier call of the same attempt gave with <see cref="TaskPending"/>: the job is asked for, and not started again. Null before.</summary>
    public JsonValue? JobReference { get; init; }

    /// <summary>Whether nobody waits any more for the job of <see cref="JobReference"/>: it is stopped.</summary>
    public bool StopsJob { get; init; }

    /// <summary>
    /// For an HTTP task: is shown the request when it is sent, and once more together with the response. Never fails. Null
    /// where nobody looks.
    /// </summary>
    public Action<HttpExchange>? Exchanged { get; init; }

    /// <summary>
    /// How long the call may wait where a limit of the settings is used up, before the host repeats it later; null for as long
    /// as the task may take.
    /// </summary>
    public TimeSpan? TurnPatience { get; init; }

    /// <summary>Told <c>true</c> when the call begins to wait for a limit of the settings, and <c>false</c> when it goes on. Never fails.</summary>
    public Action<bool>? WaitsForTurn { get; init; }

    /// <summary>Tells that the task is alive and how far it has come, for people who watch. Never fails.</summary>
    public Action<TaskProgress>? Progress { get; init; }
}

/// <summary>How far a task has come.</summary>
/// <param name="Fraction">From 0 to 1; null where it is not known.</param>
/// <param name="Message">What it is doing.</param>
public sealed record TaskProgress(double? Fraction, string Message);
