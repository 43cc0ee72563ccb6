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
    public static void Write(RecordWriter record, ValueWriter values, DateTimeOffset time, Signal? signal)
    {
        switch (signal)
        {
            case null:
                Begin(record, StartKind, time);
                break;
            case TaskStarted started:
                Begin(record, TaskStartedKind, time);
                record.Text(started.TaskId);
                record.NullableText(started.WorkerName);
                break;
            case TaskSubmitted submitted:
                Begin(record, TaskSubmittedKind, time);
                record.Text(submitted.TaskId);
                values.Write(submitted.Output);
                break;
            case TaskSucceeded succeeded:
                Begin(record, TaskSucceededKind, time);
                record.Text(succeeded.TaskId);
                values.Write(succeeded.Output);
                break;
            case TaskFailed failed:
                Begin(record, TaskFailedKind, time);
                record.Text(failed.TaskId);
                record.NullableText(failed.Error);
                record.NullableText(failed.Cause);
                record.Byte((byte)failed.Stage);
                break;
            case TaskHeartbeat heartbeat:
                Begin(record, TaskHeartbeatKind, time);
                record.Text(heartbeat.TaskId);
                break;
            case TimerFired fired:
                Begin(record, TimerFiredKind, time);
                record.Text(fired.TimerId);
                break;
            case MapRunStarted started:
                Begin(record, MapRunStartedKind, time);
                record.Text(started.MapRunId);
                record.Text(started.MapRunArn);
                break;
            case MapRunSucceeded succeeded:
                Begin(record, MapRunSucceededKind, time);
                record.Text(succeeded.MapRunId);
                values.Write(succeeded.Result);
                break;
            case MapRunFailed failed:
                Begin(record, MapRunFailedKind, time);
                record.Text(failed.MapRunId);
                record.Text(failed.Error);
                record.NullableText(failed.Cause);
                break;
            case Stop stop:
                Begin(record, StopKind, time);
                record.NullableText(stop.Error);
                record.NullableText(stop.Cause);
                break;
            case Redrive:
                Begin(record, RedriveKind, time);
                break;
            default:
                throw new NotSupportedException($"The journal has no record for {signal.GetType().Name}.");
        }
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

    private static void Begin(RecordWriter record, byte kind, DateTimeOffset time)
    {
        record.Byte(kind);
        record.Time(time);
    }
}
