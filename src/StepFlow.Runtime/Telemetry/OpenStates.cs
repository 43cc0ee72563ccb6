using StepFlow.Execution.History;

namespace StepFlow.Runtime.Telemetry;

/// <summary>Finds the states of the events of one execution. Remembers the events of a state until it is exited. Not safe for use by several threads at once.</summary>
public sealed class OpenStates
{
    // Each event refers to an earlier one of its state, or to that with which the state before it was exited.
    private readonly Dictionary<long, OpenState> _byEvent = [];
    private readonly HashSet<OpenState> _top = [];

    /// <summary>How many events are remembered.</summary>
    public int RememberedCount => _byEvent.Count;

    /// <summary>Observes the next event: a state is entered, something happens in it, or it is exited.</summary>
    /// <returns>The state; null if the event belongs to none that is open.</returns>
    public OpenState? Observe(HistoryEvent item)
    {
        OpenState? state = _byEvent.GetValueOrDefault(item.PreviousEventId);
        if (item.Details is StateEnteredDetails entered)
        {
            // The event before it belongs to the state around it.
            state = new(entered.Name, item.Timestamp, state);
            (state.Parent?.Children ?? _top).Add(state);
        }

        // After a retry of a Map or Parallel state, the event before can belong to a state in it that has failed. The event before a failed
        // evaluation can be the one before its state was entered.
        state = item.Details switch
        {
            StateExitedDetails exited => Find(exited.Name, state),
            EvaluationFailedDetails failed => Find(failed.State, state),
            _ => state,
        };
        if (state is null)
        {
            return null;
        }

        if (item.Details is StateExitedDetails)
        {
            (state.Parent?.Children ?? _top).Remove(state);
            Forget(state);
            Remember(item.Id, state.Parent);
        }
        else
        {
            Remember(item.Id, state);
        }

        return state;
    }

    /// <summary>A state, and the states in it that are not exited, which end with it.</summary>
    public static IEnumerable<OpenState> Tree(OpenState state) => state.Children.SelectMany(Tree).Prepend(state);

    /// <summary>Removes all states.</summary>
    /// <returns>Those that were open.</returns>
    public IReadOnlyList<OpenState> Clear()
    {
        OpenState[] open = [.. _top.SelectMany(Tree)];
        _top.Clear();
        _byEvent.Clear();
        return open;
    }

    /// <summary>The state of a name that is near another one: it, a state around it, or a state in it.</summary>
    private OpenState? Find(string name, OpenState? near)
    {
        for (OpenState? state = near; state is not null; state = state.Parent)
        {
            if (state.Name == name)
            {
                return state;
            }
        }

        return (near?.Children ?? _top).LastOrDefault(state => state.Name == name);
    }

    private void Remember(long eventId, OpenState? state)
    {
        if (state is not null)
        {
            _byEvent[eventId] = state;
            state.EventIds.Add(eventId);
        }
    }

    private void Forget(OpenState state)
    {
        foreach (long eventId in Tree(state).SelectMany(static one => one.EventIds))
        {
            _byEvent.Remove(eventId);
        }
    }
}
