using StepFlow.Language.Json;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Keeps the records of execution logs.</summary>
internal sealed class LogList(List<JsonObject> records) : IExecutionLogSink
{
    public void Write(ExecutionLogEntry entry)
    {
        lock (records)
        {
            records.Add(entry.Record);
        }
    }
}
