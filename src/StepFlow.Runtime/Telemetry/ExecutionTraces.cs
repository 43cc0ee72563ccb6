using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using StepFlow.Execution.History;
using StepFlow.Runtime.Ports;

namespace StepFlow.Runtime.Telemetry;

/// <summary>
/// One trace for each execution, with a span for each state, from the activity source <see cref="SourceName"/>. The trace's
/// id is computed from the execution's ARN, so after a restart the spans are in the same trace.
/// </summary>
public sealed class ExecutionTraces : IExecutionObserver, IDisposable
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "StepFlow";

    private readonly ActivitySource _source = new(SourceName);
    private readonly ConcurrentDictionary<string, ExecutionSpans> _executions = new(StringComparer.Ordinal);

    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        if (!_source.HasListeners())
        {
            return;
        }

        string arn = execution.Start.ExecutionArn;
        ExecutionSpans spans = _executions.GetOrAdd(arn, _ => new(_source, execution.Start.StateMachineName, arn, ContextOf(arn), execution.Start.StartTime));
        foreach (HistoryEvent item in events)
        {
            spans.Observe(item);
        }

        if (execution.StopTime is not null && _executions.TryRemove(arn, out ExecutionSpans? ended))
        {
            ended.End(execution);
        }
    }

    /// <summary>The W3C <c>traceparent</c> of a task of an execution: its trace, and a span.</summary>
    public static string TraceParent(string executionArn, string taskKey)
    {
        byte[] trace = Hash(executionArn);
        byte[] span = Hash(taskKey);
        return $"00-{Convert.ToHexStringLower(trace.AsSpan(0, 16))}-{Convert.ToHexStringLower(span.AsSpan(0, 8))}-01";
    }

    public void Dispose() => _source.Dispose();

    private static ActivityContext ContextOf(string arn)
    {
        byte[] hash = Hash(arn);
        return new(
            ActivityTraceId.CreateFromBytes(hash.AsSpan(0, 16)),
            ActivitySpanId.CreateFromBytes(hash.AsSpan(16, 8)),
            ActivityTraceFlags.Recorded);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
