using StepFlow.Execution.Commands;

namespace StepFlow.Execution.Frames;

/// <summary>The current attempt of a Task.</summary>
internal sealed class TaskAttempt(RunTask command)
{
    public RunTask Command { get; } = command;

    public string Id => Command.Id;

    /// <summary>Whether the started event was written.</summary>
    public bool IsStarted { get; set; }

    /// <summary>When its time is up; null where nothing watches it.</summary>
    public FrameTimer? Timeout { get; set; }

    /// <summary>When the next heartbeat must have come, as far as a timer watches it; null where none is expected.</summary>
    public FrameTimer? Heartbeat { get; set; }

    /// <summary>When the task was started, or sent its last heartbeat.</summary>
    public DateTimeOffset LastHeartbeat { get; set; }

    /// <summary>Whether the time or the heartbeat has run out at an instant.</summary>
    public bool IsTimedOut(DateTimeOffset now) => Timeout is { } timeout && timeout.Due <= now;

    /// <summary>Whether the heartbeat has run out at an instant.</summary>
    public bool IsHeartbeatMissed(DateTimeOffset now) => Heartbeat is not null && HeartbeatDue <= now;

    /// <summary>When the next heartbeat must have come.</summary>
    public DateTimeOffset HeartbeatDue => LastHeartbeat.AddSeconds(Command.HeartbeatSeconds ?? 0);
}
