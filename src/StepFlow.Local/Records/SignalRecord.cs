using StepFlow.Execution.Signals;

namespace StepFlow.Local.Records;

/// <summary>Signals in the journal. The numbers of the kinds are in data files and never change.</summary>
internal static class SignalRecord
{
    private const byte StartKind = 0;
    private const byte TaskStartedKind = 1;
    private const byte TaskSubmittedKind = 2;
    private const byte TaskSucceededKind = 3;
    private const byte TaskFailedKind = 4;
    private const byte TaskHeartbeatKind = 5;
    private const byte TimerFiredKind = 6;
    private const byte MapRunStartedKind = 7;
    private const byte MapRunSucceededKind = 8;
    private const byte MapRunFailedKind = 9;
    private const byte StopKind = 10;
    private const byte RedriveKind = 11;

    /// <summary>Writes a signal; null is the start.</summary>
    public static RecordWriter Write(RecordWriter record, ValueWriter values, DateTimeOffset time, Signal? signal)
    {
        return signal switch
        {
            null => Begin(StartKind),
            TaskStarted started => Begin(TaskStartedKind).Text(started.TaskId).NullableText(started.WorkerName),
            TaskSubmitted submitted => Begin(TaskSubmittedKind).Text(submitted.TaskId).Value(values, submitted.Output),
            TaskSucceeded succeeded => Begin(TaskSucceededKind).Text(succeeded.TaskId).Value(values, succeeded.Output),
            TaskFailed failed => Begin(TaskFailedKind).Text(failed.TaskId).NullableText(failed.Error).NullableText(failed.Cause).Byte((byte)failed.Stage),
            TaskHeartbeat heartbeat => Begin(TaskHeartbeatKind).Text(heartbeat.TaskId),
            TimerFired fired => Begin(TimerFiredKind).Text(fired.TimerId),
            MapRunStarted started => Begin(MapRunStartedKind).Text(started.MapRunId).Text(started.MapRunArn),
            MapRunSucceeded succeeded => Begin(MapRunSucceededKind).Text(succeeded.MapRunId).Value(values, succeeded.Result),
            MapRunFailed failed => Begin(MapRunFailedKind).Text(failed.MapRunId).Text(failed.Error).NullableText(failed.Cause),
            Stop stop => Begin(StopKind).NullableText(stop.Error).NullableText(stop.Cause),
            Redrive => Begin(RedriveKind),
            _ => throw new NotSupportedException($"The journal has no record for {signal.GetType().Name}."),
        };

        RecordWriter Begin(byte kind) => record.Byte(kind).Time(time);
    }

    /// <summary>Reads a signal; null for the start.</summary>
    public static (DateTimeOffset Time, Signal? Signal) Read(ref RecordReader record, ValueReader values)
    {
        byte kind = record.Byte();
        DateTimeOffset time = record.Time();
        return (time, kind switch
        {
            StartKind => null,
            TaskStartedKind => new TaskStarted(time, record.Text(), record.NullableText()),
            TaskSubmittedKind => new TaskSubmitted(time, record.Text(), values.Read(ref record)),
            TaskSucceededKind => new TaskSucceeded(time, record.Text(), values.Read(ref record)),
            TaskFailedKind => new TaskFailed(time, record.Text(), record.NullableText(), record.NullableText(), (TaskFailureStage)record.Byte()),
            TaskHeartbeatKind => new TaskHeartbeat(time, record.Text()),
            TimerFiredKind => new TimerFired(time, record.Text()),
            MapRunStartedKind => new MapRunStarted(time, record.Text(), record.Text()),
            MapRunSucceededKind => new MapRunSucceeded(time, record.Text(), values.Read(ref record)),
            MapRunFailedKind => new MapRunFailed(time, record.Text(), record.Text(), record.NullableText()),
            StopKind => new Stop(time, record.NullableText(), record.NullableText()),
            RedriveKind => new Redrive(time),
            _ => throw RecordReader.Damaged(),
        });
    }
}
