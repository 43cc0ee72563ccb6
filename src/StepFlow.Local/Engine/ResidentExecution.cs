using StepFlow.Execution.Signals;
using StepFlow.Local.Journal;
using StepFlow.Local.Records;

namespace StepFlow.Local.Engine;

/// <summary>An execution in memory.</summary>
internal sealed class ResidentExecution(long id, ExecutionRequest request, PinnedDefinition definition, WorkflowExecution workflow)
{
    /// <summary>The size of turns that can be read quickly. Below it a snapshot has no advantage.</summary>
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

    /// <summary>A stored signal whose turn was not stored; null for none.</summary>
    public Signal? Accepted { get; init; }

    public int TurnsSinceSnapshot { get; set; }

    /// <summary>The steps of expressions that a replay of the turns since the last snapshot would take.</summary>
    public long StepsSinceSnapshot { get; set; }

    /// <summary>The progress in the table, including the queued writes.</summary>
    public ExecutionProgress? Written { get; set; }

    /// <summary>Whether the next write contains a snapshot, so that a replay is short.</summary>
    /// <param name="bytes">The turns in that write.</param>
    /// <param name="interval">The number of turns after which a snapshot is taken.</param>
    public bool IsSnapshotDue(long bytes, int interval)
    {
        _bytesSinceSnapshot += bytes;
        if (workflow.Status != ExecutionStatus.Running)
        {
            // Only a redrive, or a start with the same name, loads it again.
            return StepsSinceSnapshot > WorkflowExecution.StepsPerTurn;
        }

        return StepsSinceSnapshot > WorkflowExecution.StepsPerTurn
            || TurnsSinceSnapshot >= interval
            || _bytesSinceSnapshot > Math.Max(BytesWithoutSnapshot, 2 * _snapshotBytes);
    }

    public void SnapshotTaken(long bytes)
    {
        TurnsSinceSnapshot = 0;
        StepsSinceSnapshot = 0;
        _bytesSinceSnapshot = 0;
        _snapshotBytes = bytes;
    }

    public ExecutionProgress Progress(long? wake, PayloadSet payloads)
    {
        if (workflow.Status == ExecutionStatus.Running && Written is { Status: ExecutionStatus.Running } written
            && written.Wake == wake && written.RedriveCount == workflow.RedriveCount)
        {
            // The usual case: only a wake-up or a redrive changes the row of a running execution.
            return written;
        }

        if (workflow.Output is not { } output)
        {
            _output = null;
        }
        else if (_output is null)
        {
            using var record = new RecordWriter();
            record.Value(new ValueWriter(payloads), output);
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

    public ExecutionRecord ToRecord() => ExecutionRecord.Of(request, workflow.Status, workflow.StopTime, workflow);
}
