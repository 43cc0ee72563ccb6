namespace StepFlow.Execution.Signals;

/// <summary>Something that came from outside an execution. A closed family. An execution has no other input and no other clock.</summary>
/// <param name="Time">When it happened. The times of an execution's signals never go back.</param>
public abstract record Signal(DateTimeOffset Time)
{
    /// <summary>The id of the command that it is about; null for a signal to the execution itself.</summary>
    public virtual string? CommandId => null;

    /// <summary>Whether it is the last one about its command.</summary>
    public virtual bool EndsCommand => false;
}

/// <summary>An activity's worker took the task (GetActivityTask): its timeout's clock starts.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="TaskId">The task, by its command's id.</param>
/// <param name="WorkerName">The worker's name; null where it gave none.</param>
public sealed record TaskStarted(DateTimeOffset Time, string TaskId, string? WorkerName) : Signal(Time)
{
    public override string? CommandId => TaskId;
}

/// <summary>A service accepted the call of a <c>.sync</c> or <c>.waitForTaskToken</c> task. The task ends later.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="TaskId">The task, by its command's id.</param>
/// <param name="Output">The response.</param>
public sealed record TaskSubmitted(DateTimeOffset Time, string TaskId, JsonValue Output) : Signal(Time)
{
    public override string? CommandId => TaskId;
}

/// <summary>A task succeeded.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="TaskId">The task, by its command's id.</param>
/// <param name="Output">Its result.</param>
public sealed record TaskSucceeded(DateTimeOffset Time, string TaskId, JsonValue Output) : Signal(Time)
{
    public override string? CommandId => TaskId;

    public override bool EndsCommand => true;
}

/// <summary>A task failed.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="TaskId">The task, by its command's id.</param>
/// <param name="Error">The error name; null where none was given.</param>
/// <param name="Cause">The cause; null where there is none.</param>
/// <param name="Stage">How far the task had come; decides the event's type.</param>
public sealed record TaskFailed(DateTimeOffset Time, string TaskId, string? Error, string? Cause, TaskFailureStage Stage = TaskFailureStage.Run) : Signal(Time)
{
    public override string? CommandId => TaskId;

    public override bool EndsCommand => true;
}

/// <summary>A heartbeat of a task: its heartbeat timeout starts again (SendTaskHeartbeat).</summary>
/// <param name="Time">When it happened.</param>
/// <param name="TaskId">The task, by its command's id.</param>
public sealed record TaskHeartbeat(DateTimeOffset Time, string TaskId) : Signal(Time)
{
    public override string? CommandId => TaskId;
}

/// <summary>A timer is due.</summary>
/// <param name="Time">When it fired: not before its due time.</param>
/// <param name="TimerId">The timer, by its command's id.</param>
public sealed record TimerFired(DateTimeOffset Time, string TimerId) : Signal(Time)
{
    public override string? CommandId => TimerId;

    public override bool EndsCommand => true;
}

/// <summary>A Map Run was created.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="MapRunId">The run, by its command's id.</param>
public sealed record MapRunStarted(DateTimeOffset Time, string MapRunId, string MapRunArn) : Signal(Time)
{
    public override string? CommandId => MapRunId;
}

/// <summary>A Map Run ended within its tolerated failures.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="MapRunId">The run, by its command's id.</param>
/// <param name="Result">The results in item order, or the ResultWriter's output.</param>
public sealed record MapRunSucceeded(DateTimeOffset Time, string MapRunId, JsonValue Result) : Signal(Time)
{
    public override string? CommandId => MapRunId;

    public override bool EndsCommand => true;
}

/// <summary>A Map Run failed: too many failures, or items that could not be read or results that could not be written.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="MapRunId">The run, by its command's id.</param>
/// <param name="Cause">The cause; null where there is none.</param>
public sealed record MapRunFailed(DateTimeOffset Time, string MapRunId, string Error, string? Cause) : Signal(Time)
{
    public override string? CommandId => MapRunId;

    public override bool EndsCommand => true;
}

/// <summary>The execution is to stop (StopExecution).</summary>
/// <param name="Time">When it happened.</param>
public sealed record Stop(DateTimeOffset Time, string? Error, string? Cause) : Signal(Time);

/// <summary>A failed, timed-out or aborted execution is to continue from where it failed (RedriveExecution).</summary>
/// <param name="Time">When it happened.</param>
public sealed record Redrive(DateTimeOffset Time) : Signal(Time);
