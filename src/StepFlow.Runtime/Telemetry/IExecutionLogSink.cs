namespace StepFlow.Runtime.Telemetry;

/// <summary>Receives the records of execution logs. It must return immediately.</summary>
public interface IExecutionLogSink
{
    /// <summary>Takes a record.</summary>
    void Write(ExecutionLogEntry entry);
}
