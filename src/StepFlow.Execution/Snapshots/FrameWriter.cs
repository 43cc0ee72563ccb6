using System.Text.Json;
using StepFlow.Execution.Commands;

namespace StepFlow.Execution.Snapshots;

/// <summary>Writes frames.</summary>
/// <param name="values">The payloads.</param>
/// <param name="queue">The positions of the frames in the queue.</param>
internal sealed class FrameWriter(Utf8JsonWriter writer, SnapshotValues values, IReadOnlyDictionary<Frame, int> queue)
{
    public void Write(Frame frame)
    {
        writer.WriteStartObject();
        if (frame.Parent is not null)
        {
            writer.WriteNumber("index"u8, frame.Index);
        }

        writer.WriteString("phase"u8, frame.Phase.ToString());
        writer.WriteString("state"u8, frame.State.Name);
        if (frame.Parent?.Group is MapGroup map && ReferenceEquals(map.Item(frame.Index), frame.Input))
        {
            writer.WriteBoolean("isItem"u8, true);
        }
        else
        {
            values.Write(writer, "input", frame.Input);
        }

        if (frame.Variables.Own.Count > 0)
        {
            values.Write(writer, "variables", frame.Variables.Own);
        }

        writer.WriteUnlessZero("lastEvent", frame.LastEventId);
        if (frame.EnteredEventId > 0)
        {
            writer.WriteNumber("entered"u8, frame.EnteredEventId);
            writer.WriteNumber("beforeEntered"u8, frame.BeforeEnteredEventId);
            writer.WriteOptional("enteredTime", frame.EnteredTime);
        }

        Retries(frame);
        if (queue.TryGetValue(frame, out int position))
        {
            writer.WriteNumber("queued"u8, position);
        }

        Write(frame.Task);
        writer.WriteOptional("timer", frame.Timer);
        Write(frame.MapRun);
        Write(frame.Group);
        writer.WriteEndObject();
    }

    private void Retries(Frame frame)
    {
        writer.WriteUnlessZero("retryCount", frame.RetryCount);
        if (frame.RetrierCounts is { } counts)
        {
            writer.WriteStartArray("retriers"u8);
            foreach (int count in counts)
            {
                writer.WriteNumberValue(count);
            }

            writer.WriteEndArray();
        }
    }

    private void Write(TaskAttempt? task)
    {
        if (task is null)
        {
            return;
        }

        RunTask command = task.Command;
        writer.WriteStartObject("task"u8);
        writer.WriteString("id"u8, task.Id);
        values.Write(writer, "arguments", command.Arguments);
        values.Write(writer, "credentials", command.Credentials);
        writer.WriteOptional("timeoutSeconds", command.TimeoutSeconds);
        writer.WriteOptional("heartbeatSeconds", command.HeartbeatSeconds);
        if (task.IsStarted)
        {
            writer.WriteBoolean("isStarted"u8, true);
            writer.WriteOptional("lastHeartbeat", task.LastHeartbeat);
        }

        writer.WriteOptional("timeout", task.Timeout);
        writer.WriteOptional("heartbeat", task.Heartbeat);
        writer.WriteEndObject();
    }

    private void Write(MapRun? run)
    {
        if (run is null)
        {
            return;
        }

        StartMapRun command = run.Command;
        writer.WriteStartObject("mapRun"u8);
        writer.WriteString("id"u8, command.Id);
        writer.WriteOptional("arn", run.Arn);
        writer.WriteUnlessZero("redriveCount", run.RedriveCount);
        values.Write(writer, "items", command.Items);
        values.Write(writer, "readerArguments", command.ReaderArguments);
        values.Write(writer, "readerConfig", command.ReaderConfig);
        values.Write(writer, "writerArguments", command.WriterArguments);
        values.Write(writer, "batchInput", command.BatchInput);
        writer.WriteOptional("maxItemsPerBatch", command.MaxItemsPerBatch);
        writer.WriteOptional("maxInputBytesPerBatch", command.MaxInputBytesPerBatch);
        writer.WriteOptional("maxConcurrency", command.MaxConcurrency);
        writer.WriteOptional("toleratedFailureCount", command.ToleratedFailureCount);
        writer.WriteOptional("toleratedFailurePercentage", command.ToleratedFailurePercentage);
        values.Write(writer, "context", command.ItemScope.Context);
        writer.WriteString("entropySeed"u8, command.ItemScope.EntropySeed.ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    private void Write(FrameGroup? group)
    {
        if (group is null)
        {
            return;
        }

        writer.WriteStartObject("group"u8);
        if (group is MapGroup map)
        {
            values.Write(writer, "items", map.Items);
            writer.WriteNumber("concurrency"u8, map.Concurrency);
            writer.WriteNumber("running"u8, map.Running);
            writer.WriteNumber("next"u8, map.Next);
            writer.WriteNumber("startAfter"u8, map.StartAfterEventId);
        }

        writer.WriteStartArray("results"u8);
        foreach (JsonValue? result in group.Results)
        {
            if (result is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                writer.WriteNumberValue(values.NumberOf(result));
            }
        }

        writer.WriteEndArray();
        writer.WriteStartArray("frames"u8);
        foreach (Frame? frame in group.Frames)
        {
            if (frame is not null)
            {
                Write(frame);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
