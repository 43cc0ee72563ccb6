using System.Diagnostics;
using StepFlow.Execution.History;

namespace StepFlow.Runtime.Telemetry;

/// <summary>The spans of the states of one execution.</summary>
/// <param name="parent">The parent of the spans.</param>
internal sealed class StateSpans(ActivitySource source, ActivityContext parent)
{
    private readonly OpenStates _states = new();

    /// <summary>How many events are remembered.</summary>
    public int RememberedCount => _states.RememberedCount;

    /// <summary>Observes an event: a state is entered, something happens in it, or it is exited.</summary>
    /// <param name="isNew">Whether a span is created for a state that is exited.</param>
    public void Observe(HistoryEvent item, bool isNew)
    {
        if (item.Type == HistoryEventType.ExecutionRedriven)
        {
            // The spans of states that were open when the execution ended were created then.
            _states.Clear();
            return;
        }

        if (_states.Observe(item) is not { } state)
        {
            return;
        }

        if (item.Details is FailureDetails or TaskFailureDetails)
        {
            state.Failure = item.Type.ToString();
        }

        if (isNew && item.Details is StateExitedDetails)
        {
            foreach (OpenState ended in OpenStates.Tree(state))
            {
                Create(ended, item.Timestamp);
            }
        }
    }

    /// <summary>The execution has ended. States that were not exited end with it.</summary>
    public void End(DateTimeOffset stop)
    {
        foreach (OpenState open in _states.Clear())
        {
            Create(open, stop);
        }
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
}
