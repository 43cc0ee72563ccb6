namespace StepFlow.Execution.Signals;

/// <summary>Something that came from outside an execution. A closed family. An execution has no other input and no other clock.</summary>
/// <param name="Time">When it happened. The times of an execution's signals never go back.</param>
public abstract record Signal(DateTimeOffset Time)
{
    /// <summary>The id of the command that it is about; null for a signal to the execution itself.</summary>
    public string? CommandId => this switch
    {
        TaskSignal task => task.TaskId,
        MapRunSignal run => run.MapRunId,
        TimerFired timer => timer.TimerId,
        _ => null,
    };

    /// <summary>Whether it is the last one about its command.</summary>
    public bool EndsCommand => this is TaskSucceeded or TaskFailed or MapRunSucceeded or MapRunFailed or TimerFired;
}

/// <summary>A signal about a task.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="TaskId">The task, by its command's id.</param>
public abstract record TaskSignal(DateTimeOffset Time, string TaskId) : Signal(Time);

/// <summary>A signal about a Map Run.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="MapRunId">The run, by its command's id.</param>
public abstract record MapRunSignal(DateTimeOffset Time, string MapRunId) : Signal(Time);

/// <summary>An activity's worker took the task (GetActivityTask): its timeout's clock starts.</summary>
/// <param name="WorkerName">The worker's name; null where it gave none.</param>
public sealed record TaskStarted(DateTimeOffset Time, string TaskId, string? WorkerName) : TaskSignal(Time, TaskId);

/// <summary>A service accepted the call of a <c>.sync</c> or <c>.waitForTaskToken</c> task. The task ends later.</summary>
/// <param name="Output">The response.</param>
public sealed record TaskSubmitted(DateTimeOffset Time, string TaskId, JsonValue Output) : TaskSignal(Time, TaskId);

/// <summary>A task succeeded.</summary>
/// <param name="Output">Its result.</param>
public sealed record TaskSucceeded(DateTimeOffset Time, string TaskId, JsonValue Output) : TaskSignal(Time, TaskId);

/// <summary>A task failed.</summary>
/// <param name="Error">The error name; null where none was given.</param>
/// <param name="Cause">The cause; null where there is none.</param>
/// <param name="Stage">How far the task had come; decides the event's type.</param>
public sealed record TaskFailed(DateTimeOffset Time, string TaskId, string? Error, string? Cause, TaskFailureStage Stage = TaskFailureStage.Run) : TaskSignal(Time, TaskId);

/// <summary>A heartbeat of a task: its heartbeat timeout starts again (SendTaskHeartbeat).</summary>
public sealed record TaskHeartbeat(DateTimeOffset Time, string TaskId) : TaskSignal(Time, TaskId);

/// <summary>A timer is due.</summary>
/// <param name="Time">When it fired: not before its due time.</param>
/// <param name="TimerId">The timer, by its command's id.</param>
public sealed record TimerFired(DateTimeOffset Time, string TimerId) : Signal(Time);

/// <summary>A Map Run was created.</summary>
public sealed record MapRunStarted(DateTimeOffset Time, string MapRunId, string MapRunArn) : MapRunSignal(Time, MapRunId);

/// <summary>A Map Run ended within its tolerated failures.</summary>
/// <param name="Result">The results in item order, or the ResultWriter's output.</param>
public sealed record MapRunSucceeded(DateTimeOffset Time, string MapRunId, JsonValue Result) : MapRunSignal(Time, MapRunId);

/// <summary>A Map Run failed: too many failures, or items that could not be read or results that could not be written.</summary>
/// <param name="Cause">The cause; null where there is none.</param>
public sealed record MapRunFailed(DateTimeOffset Time, string MapRunId, string Error, string? Cause) : MapRunSignal(Time, MapRunId);

/// <summary>The execution is to stop (StopExecution).</summary>
public sealed record Stop(DateTimeOffset Time, string? Error, string? Cause) : Signal(Time);

/// <summary>A failed, timed-out or aborted execution is to continue from where it failed (RedriveExecution).</summary>
public sealed record Redrive(DateTimeOffset Time) : Signal(Time);
