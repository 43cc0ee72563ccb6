using System.Diagnostics;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Runtime.Ports;

namespace StepFlow.Runtime.Telemetry;

/// <summary>The spans of one execution: its own, and one for each state that was entered and not exited.</summary>
internal sealed class ExecutionSpans
{
    private readonly ActivitySource _source;
    private readonly Activity? _execution;
    private readonly ActivityContext _context;
    private readonly Dictionary<long, Activity> _openByEntered = [];
    private readonly Dictionary<long, long> _enteredOf = [];

    public ExecutionSpans(ActivitySource source, string machine, string arn, ActivityContext context, DateTimeOffset start)
    {
        _source = source;
        _execution = source.StartActivity(machine, ActivityKind.Internal, context, [new("aws.stepfunctions.execution_arn", arn)], startTime: start);
        _context = _execution?.Context ?? context;

        // The parent of the span is not that of the current thread.
        Activity.Current = null;
    }

    /// <summary>Observes an event: a state is entered, something happens in it, or it is exited.</summary>
    public void Observe(HistoryEvent item)
    {
        if (item.Details is StateEnteredDetails entered)
        {
            Activity? span = _source.StartActivity(entered.Name, ActivityKind.Internal, _context, startTime: item.Timestamp);
            Activity.Current = null;
            if (span is not null)
            {
                _openByEntered[item.Id] = span;
                _enteredOf[item.Id] = item.Id;
            }

            return;
        }

        // Each event refers to another one of its state, and so the first one is found, with which the state was entered.
        if (!_enteredOf.TryGetValue(item.PreviousEventId, out long enteredId) || !_openByEntered.TryGetValue(enteredId, out Activity? open))
        {
            return;
        }

        _enteredOf[item.Id] = enteredId;
        if (item.Details is FailureDetails or TaskFailureDetails)
        {
            open.SetStatus(ActivityStatusCode.Error, item.Type.ToString());
        }

        if (item.Details is StateExitedDetails)
        {
            Close(enteredId, open, item.Timestamp);
        }
    }

    /// <summary>The execution has ended; states that it never left end with it.</summary>
    public void End(ExecutionRecord execution)
    {
        DateTimeOffset stop = execution.StopTime!.Value;
        foreach ((long enteredId, Activity open) in _openByEntered.ToArray())
        {
            Close(enteredId, open, stop);
        }

        if (_execution is null)
        {
            return;
        }

        _execution.SetTag("aws.stepfunctions.status", StatusNames.Of(execution.Status));
        if (execution.Status != ExecutionStatus.Succeeded)
        {
            // Only the name of the error, because a cause may contain data.
            _execution.SetStatus(ActivityStatusCode.Error, execution.Error);
        }

        _execution.SetEndTime(stop.UtcDateTime);
        _execution.Stop();
    }

    private void Close(long enteredId, Activity open, DateTimeOffset stop)
    {
        _openByEntered.Remove(enteredId);
        open.SetEndTime(stop.UtcDateTime);
        open.Stop();
    }
}
