using StepFlow.Execution;
using StepFlow.Local.Journal;
using StepFlow.Local.Records;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Engine;

/// <summary>An execution in memory.</summary>
internal sealed class ResidentExecution(long id, ExecutionRequest request, PinnedDefinition definition, WorkflowExecution workflow)
{
    /// <summary>So many bytes of turns are read back quickly: a snapshot before would not pay.</summary>
    private const long BytesWithoutSnapshot = 1024 * 1024;

    private byte[]? _output;
    private long _bytesSinceSnapshot;
    private long _snapshotBytes;

    public long Id => id;

    public ExecutionRequest Request => request;

    public PinnedDefinition Definition => definition;

    public WorkflowExecution Workflow => workflow;

    /// <summary>The time of the last signal.</summary>
    public DateTimeOffset LastTime { get; set; }

    public int TurnsSinceSnapshot { get; set; }

    /// <summary>What the table has, or will have once the writes that wait are made.</summary>
    public ExecutionProgress? Written { get; set; }

    /// <summary>Whether a snapshot is to be taken with the next write, so that the way back to it stays short.</summary>
    /// <param name="bytes">The turns in that write.</param>
    /// <param name="interval">A snapshot is taken after so many turns.</param>
    public bool IsSnapshotDue(long bytes, int interval)
    {
        _bytesSinceSnapshot += bytes;
        return TurnsSinceSnapshot >= interval || _bytesSinceSnapshot > Math.Max(BytesWithoutSnapshot, 2 * _snapshotBytes);
    }

    public void SnapshotTaken(long bytes)
    {
        TurnsSinceSnapshot = 0;
        _bytesSinceSnapshot = 0;
        _snapshotBytes = bytes;
    }

    public ExecutionProgress Progress(long? wake, PayloadSet payloads)
    {
        if (workflow.Output is not { } output)
        {
            _output = null;
        }
        else if (_output is null)
        {
            using var record = new RecordWriter();
            new ValueWriter(record, payloads).Write(output);
            _output = record.Written.ToArray();
        }

        return new()
        {
            Status = workflow.Status,
            Wake = wake,
            StopTime = workflow.StopTime?.ToUnixTimeMilliseconds(),
            Output = _output,
            Error = workflow.Error?.Name,
            Cause = workflow.Error?.Cause,
            RedriveCount = workflow.RedriveCount,
            RedriveTime = workflow.RedriveTime?.ToUnixTimeMilliseconds(),
        };
    }

    public ExecutionRecord ToRecord() => new()
    {
        Request = request,
        Status = workflow.Status,
        StopTime = workflow.StopTime,
        Output = workflow.Output,
        Error = workflow.Error?.Name is "" ? null : workflow.Error?.Name,
        Cause = workflow.Error?.Cause,
        RedriveCount = workflow.RedriveCount,
        RedriveTime = workflow.RedriveTime,
        EventCount = workflow.EventCount,
    };
}
