using StepFlow.Runtime.Telemetry;

namespace StepFlow.Local.Serving;

/// <summary>Gives each record of an execution log to several sinks.</summary>
internal sealed class LogSinkGroup(IReadOnlyList<IExecutionLogSink> sinks) : IExecutionLogSink
{
    public void Write(ExecutionLogEntry entry)
    {
        foreach (IExecutionLogSink sink in sinks)
        {
            sink.Write(entry);
        }
    }
}
