using StepFlow.Language;

namespace StepFlow.Execution.Commands;

/// <summary>Something that the host must do for an execution. A closed family. Ids are the same on every replay. Together with the execution's ARN they are idempotency keys.</summary>
/// <param name="Id">The id, unique in the execution.</param>
public abstract record Command(string Id);

/// <summary>Run a task. Its signals are <c>TaskSubmitted</c>, <c>TaskSucceeded</c>, <c>TaskFailed</c> with the same id; sent again after a crash until one of the last two has come.</summary>
/// <param name="Id">The task's id: one for each attempt.</param>
public sealed record RunTask(string Id) : Command(Id)
{
    /// <summary>The state that the task belongs to.</summary>
    public required string StateName { get; init; }

    /// <summary>What to call.</summary>
    public required TaskResource Resource { get; init; }

    /// <summary>The arguments: the state's Parameters, Arguments or effective input.</summary>
    public required JsonValue Arguments { get; init; }

    /// <summary>How many attempts this visit of the state has made before, from 0 (<c>$$.State.RetryCount</c>).</summary>
    public int RetryCount { get; init; }

    /// <summary>Seconds the task may take; null for no bound. The execution watches it; the host may pass it on as a deadline.</summary>
    public double? TimeoutSeconds { get; init; }

    /// <summary>Seconds between heartbeats; null where none are expected.</summary>
    public double? HeartbeatSeconds { get; init; }

    /// <summary>The task's token, for a task that is completed by its token; else null.</summary>
    public string? TaskToken { get; init; }

    /// <summary>The Credentials; null where there are none.</summary>
    public JsonValue? Credentials { get; init; }

    /// <summary>
    /// Whether the result will probably be passed to a task, or become the output, before a state reads parts of it. Then
    /// a host may store a large result by itself (<see cref="JsonValue.Deferred"/>), at no further cost.
    /// </summary>
    public bool ResultIsPassedOn { get; init; }
}

/// <summary>Cancel a task whose outcome is no longer needed. Has no signal.</summary>
public sealed record CancelTask(string Id) : Command(Id);

/// <summary>Send <c>TimerFired</c> at an instant.</summary>
/// <param name="Due">The instant.</param>
public sealed record StartTimer(string Id, DateTimeOffset Due) : Command(Id);

/// <summary>Cancel a timer. Has no signal.</summary>
public sealed record CancelTimer(string Id) : Command(Id);

/// <summary>Run the items of a distributed Map as separate executions. Its signals are <c>MapRunStarted</c>, then <c>MapRunSucceeded</c> or <c>MapRunFailed</c>.</summary>
public sealed record StartMapRun(string Id) : Command(Id)
{
    public required CompiledMap State { get; init; }

    /// <summary>The items: an array, or an object whose members are the items; null where the item reader supplies them.</summary>
    public JsonValue? Items { get; init; }

    /// <summary>The item reader's evaluated arguments; null where there is no reader.</summary>
    public JsonValue? ReaderArguments { get; init; }

    /// <summary>The item reader's evaluated configuration; null where there is none.</summary>
    public JsonValue? ReaderConfig { get; init; }

    /// <summary>The result writer's evaluated arguments; null where there is no writer.</summary>
    public JsonValue? WriterArguments { get; init; }

    /// <summary>The evaluated BatchInput; null where there is none.</summary>
    public JsonValue? BatchInput { get; init; }

    /// <summary>Most items a batch; null where not batched by count.</summary>
    public long? MaxItemsPerBatch { get; init; }

    /// <summary>Most bytes a batch; null where not batched by size.</summary>
    public long? MaxInputBytesPerBatch { get; init; }

    /// <summary>Most executions at a time; null for no limit.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>How many items may fail.</summary>
    public double ToleratedFailureCount { get; init; }

    /// <summary>What share of the items may fail, in percent.</summary>
    public double ToleratedFailurePercentage { get; init; }

    /// <summary>
    /// For a redrive, the run whose unsuccessful executions run again, as <c>MapRunStarted</c> named it. The results of successful
    /// executions are used again. Null for a new run.
    /// </summary>
    public string? RedrivenMapRunArn { get; init; }

    /// <summary>The data that the ItemSelector can read besides the item: the state's input, context object and variables.</summary>
    public required MapItemScope ItemScope { get; init; }
}

/// <summary>Cancel a Map Run: stop its executions. Has no signal.</summary>
public sealed record CancelMapRun(string Id) : Command(Id);
