namespace StepFlow.Runtime.Telemetry;

/// <summary>Takes in the records of execution logs. Returns at once.</summary>
public interface IExecutionLogSink
{
    /// <summary>Takes a record.</summary>
    void Write(ExecutionLogEntry entry);
}
