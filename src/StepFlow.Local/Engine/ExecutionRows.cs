using StepFlow.Local.Journal;
using StepFlow.Local.Records;

namespace StepFlow.Local.Engine;

/// <summary>Converts executions to rows of the table, and back.</summary>
internal static class ExecutionRows
{
    public static ExecutionRow Create(ResidentExecution execution, PayloadSet payloads)
    {
        ExecutionRequest request = execution.Request;
        using var record = new RecordWriter();
        StartRecord.Write(record, new ValueWriter(payloads), request);
        return new()
        {
            Id = execution.Id,
            Arn = request.Start.ExecutionArn,
            Machine = request.Start.StateMachineArn,
            Version = request.Start.StateMachineVersionArn,
            Alias = request.Start.StateMachineAliasArn,
            MapRun = request.Start.MapRunArn,
            Parent = request.ParentExecutionArn,
            TestCase = request.MockTestCase,
            Definition = execution.Definition.Id,
            StartTime = request.Start.StartTime.ToUnixTimeMilliseconds(),
            ItemIndex = ExecutionSummary.ItemIndexOf(request.Start),
            Start = record.Written.ToArray(),
        };
    }

    /// <summary>How an execution was started.</summary>
    public static ExecutionRequest ToRequest(JournalReader reader, ExecutionRow row, string definition)
    {
        (ExecutionStart start, JsonObject configuration, string? traceHeader, string? parentTask) = StartRecord.Read(row.Start, new ValueReader(reader));
        return new(start, definition)
        {
            ParentExecutionArn = row.Parent,
            ParentTask = parentTask,
            MockTestCase = row.TestCase,
            Configuration = configuration,
            TraceHeader = traceHeader,
        };
    }

    public static ExecutionRecord ToRecord(JournalReader reader, StoredExecution stored, string definition)
    {
        ExecutionProgress progress = stored.Progress;
        return new()
        {
            Request = ToRequest(reader, stored.Row, definition),
            Status = progress.Status,
            StopTime = Time(progress.StopTime),
            Output = Output(reader, progress.Output),
            Error = progress.Error,
            Cause = progress.Cause,
            RedriveCount = progress.RedriveCount,
            RedriveTime = Time(progress.RedriveTime),
            EventCount = reader.LastEvent(stored.Row.Id),
        };
    }

    private static JsonValue? Output(JournalReader reader, byte[]? output)
    {
        if (output is null)
        {
            return null;
        }

        var record = new RecordReader(output);
        return new ValueReader(reader).Read(ref record);
    }

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
