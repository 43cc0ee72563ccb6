using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using StepFlow.Execution.History;

namespace StepFlow.Runtime.Telemetry;

/// <summary>
/// One trace for each execution, with a span for each state, by the activity source <see cref="SourceName"/>. The trace's
/// id comes from the execution's ARN: what happens after a restart belongs to the same trace. A host that observes an execution in one
/// process creates the spans of its states below the execution's own. Other hosts create them beside it.
/// </summary>
public sealed class ExecutionTraces : IExecutionObserver, IExecutionTracking, IDisposable
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "StepFlow";

    private readonly ActivitySource _source = new(SourceName);
    private readonly ConcurrentDictionary<string, Tracker> _executions = new(StringComparer.Ordinal);

    public void Observe(ExecutionRecord execution, IReadOnlyList<HistoryEvent> events)
    {
        if (!_source.HasListeners())
        {
            return;
        }

        string arn = execution.Start.ExecutionArn;
        Tracker tracker = _executions.GetOrAdd(arn, _ =>
        {
            Activity? own = Start(execution);

            // The parent of other spans is not that of the current thread.
            Activity.Current = null;
            return new(this, own, own?.Context ?? ContextOf(arn));
        });
        foreach (HistoryEvent item in events)
        {
            tracker.Observe(item, isNew: true);
        }

        if (execution.StopTime is not null && _executions.TryRemove(arn, out Tracker? ended))
        {
            ended.End(execution);
        }
    }

    public bool Concerns(IReadOnlyList<HistoryEvent> events) =>
        _source.HasListeners() && events.Any(static item => item.Details is StateExitedDetails || StatusNames.AfterEnd(item.Type) is not null);

    public IExecutionTracker Track(ExecutionRecord execution) => new Tracker(this, null, ContextOf(execution.Start.ExecutionArn));

    /// <summary>The W3C <c>traceparent</c> of a task of an execution: its trace, and a span.</summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="taskKey">The key of the task.</param>
    public static string TraceParent(string executionArn, string taskKey)
    {
        byte[] trace = Hash(executionArn);
        byte[] span = Hash(taskKey);
        return $"00-{Convert.ToHexStringLower(trace.AsSpan(0, 16))}-{Convert.ToHexStringLower(span.AsSpan(0, 8))}-01";
    }

    public void Dispose() => _source.Dispose();

    private Activity? Start(ExecutionRecord execution) => _source.StartActivity(
        execution.Start.StateMachineName, ActivityKind.Internal, ContextOf(execution.Start.ExecutionArn), [new("aws.stepfunctions.execution_arn", execution.Start.ExecutionArn)], startTime: execution.Start.StartTime);

    private static ActivityContext ContextOf(string arn)
    {
        byte[] hash = Hash(arn);
        return new(
            ActivityTraceId.CreateFromBytes(hash.AsSpan(0, 16)),
            ActivitySpanId.CreateFromBytes(hash.AsSpan(16, 8)),
            ActivityTraceFlags.Recorded);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <param name="traces">Creates spans.</param>
    /// <param name="own">The span of the execution; null if it is created at the end.</param>
    /// <param name="parent">The parent of the spans of states.</param>
    private sealed class Tracker(ExecutionTraces traces, Activity? own, ActivityContext parent) : IExecutionTracker
    {
        private readonly StateSpans _states = new(traces._source, parent);

        public int RememberedCount => _states.RememberedCount;

        public void Observe(HistoryEvent item, bool isNew) => _states.Observe(item, isNew);

        public void End(ExecutionRecord execution)
        {
            DateTimeOffset stop = execution.StopTime!.Value;
            _states.End(stop);
            if ((own ?? traces.Start(execution)) is not { } span)
            {
                return;
            }

            span.SetTag("aws.stepfunctions.status", StatusNames.Of(execution.Status));
            if (execution.Status != ExecutionStatus.Succeeded)
            {
                // Only the name of the error, because a cause may contain data.
                span.SetStatus(ActivityStatusCode.Error, execution.Error);
            }

            span.SetEndTime(stop.UtcDateTime);
            span.Stop();
        }
    }
}
