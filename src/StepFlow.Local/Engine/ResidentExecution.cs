using StepFlow.Execution;
using StepFlow.Local.Records;
using StepFlow.Local.Journal;
using StepFlow.Service.Ports;

namespace StepFlow.Local.Engine;

/// <summary>An execution in memory.</summary>
internal sealed class ResidentExecution(long id, ExecutionStart start, PinnedDefinition definition, WorkflowExecution workflow)
{
    private DateTimeOffset? _stopTime;
    private int _redriveCount;
    private DateTimeOffset? _redriveTime;
    private byte[]? _output;

    public long Id => id;

    public ExecutionStart Start => start;

    public PinnedDefinition Definition => definition;

    public WorkflowExecution Workflow => workflow;

    /// <summary>The time of the last signal.</summary>
    public DateTimeOffset LastTime { get; set; }

    public int TurnsSinceSnapshot { get; set; }

    /// <summary>What the table has, or will have once the writes that wait are made.</summary>
    public ExecutionProgress? Written { get; set; }

    public void Ended(DateTimeOffset time) => _stopTime = time;

    public void Redriven(DateTimeOffset time)
    {
        _stopTime = null;
        _output = null;
        _redriveCount++;
        _redriveTime = time;
    }

    /// <summary>Takes over what the table says beyond the workflow's own state.</summary>
    public void Recover(ExecutionProgress stored)
    {
        Written = stored;
        _stopTime = Time(stored.StopTime);
        _redriveCount = stored.RedriveCount;
        _redriveTime = Time(stored.RedriveTime);
        _output = stored.Output;
    }

    public ExecutionProgress Progress(long? wake, PayloadSet payloads)
    {
        if (workflow.Output is { } output && _output is null)
        {
            using var record = new RecordWriter();
            new ValueWriter(record, payloads).Write(output);
            _output = record.Written.ToArray();
        }

        return new()
        {
            Status = workflow.Status,
            Wake = wake,
            StopTime = _stopTime?.ToUnixTimeMilliseconds(),
            Output = _output,
            Error = workflow.Error?.Name,
            Cause = workflow.Error?.Cause,
            RedriveCount = _redriveCount,
            RedriveTime = _redriveTime?.ToUnixTimeMilliseconds(),
        };
    }

    public ExecutionRecord ToRecord() => new()
    {
        Start = start,
        Definition = definition.Text,
        Status = workflow.Status,
        StopTime = _stopTime,
        Output = workflow.Output,
        Error = workflow.Error?.Name,
        Cause = workflow.Error?.Cause,
        RedriveCount = _redriveCount,
        RedriveTime = _redriveTime,
        EventCount = workflow.EventCount,
    };

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
