using System.Diagnostics;
using StepFlow.Execution.History;

namespace StepFlow.Runtime.Telemetry;

/// <summary>The spans of the states of one execution.</summary>
/// <param name="parent">The parent of the spans.</param>
internal sealed class StateSpans(ActivitySource source, ActivityContext parent)
{
    private readonly Dictionary<long, OpenState> _openByEntered = [];
    private readonly Dictionary<long, long> _enteredOf = [];

    /// <summary>Observes an event: a state is entered, something happens in it, or it is exited.</summary>
    /// <param name="isNew">Whether a span is created for a state that is exited.</param>
    public void Observe(HistoryEvent item, bool isNew)
    {
        if (item.Type == HistoryEventType.ExecutionRedriven)
        {
            // The spans of states that were open when the execution ended were created then.
            _openByEntered.Clear();
            return;
        }

        if (item.Details is StateEnteredDetails entered)
        {
            _openByEntered[item.Id] = new(entered.Name, item.Timestamp);
            _enteredOf[item.Id] = item.Id;
            return;
        }

        // Each event refers to another one of its state, and so the first one is found, with which the state was entered.
        if (!_enteredOf.TryGetValue(item.PreviousEventId, out long enteredId) || !_openByEntered.TryGetValue(enteredId, out OpenState? open))
        {
            return;
        }

        _enteredOf[item.Id] = enteredId;
        if (item.Details is FailureDetails or TaskFailureDetails)
        {
            open.Failure = item.Type.ToString();
        }

        if (item.Details is StateExitedDetails)
        {
            _openByEntered.Remove(enteredId);
            if (isNew)
            {
                Create(open, item.Timestamp);
            }
        }
    }

    /// <summary>The execution has ended. States that were not exited end with it.</summary>
    public void End(DateTimeOffset stop)
    {
        foreach (OpenState open in _openByEntered.Values)
        {
            Create(open, stop);
        }

        _openByEntered.Clear();
    }

    private void Create(OpenState state, DateTimeOffset stop)
    {
        using Activity? span = source.StartActivity(state.Name, ActivityKind.Internal, parent, startTime: state.Start);
        if (state.Failure is { } failure)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure);
        }

        span?.SetEndTime(stop.UtcDateTime);
    }

    private sealed class OpenState(string name, DateTimeOffset start)
    {
        public string Name => name;

        public DateTimeOffset Start => start;

        public string? Failure { get; set; }
    }
}
