using StepFlow.Execution.History;

namespace StepFlow.Local.Explanations;

/// <summary>One visit of a state, from its history events.</summary>
internal sealed class StateVisit(HistoryEvent entered, StateEnteredDetails details)
{
    public DateTimeOffset Entered { get; } = entered.Timestamp;

    public string Name { get; } = details.Name;

    public JsonValue Input { get; } = details.Input;

    /// <summary>The result of its task; null if there was none.</summary>
    public JsonValue? Result { get; private set; }

    /// <summary>The failures of its attempts, in order.</summary>
    public List<(string Error, string? Cause)> Failures { get; } = [];

    /// <summary>Its output; null if the execution ended in it.</summary>
    public JsonValue? Output { get; private set; }

    /// <summary>The variables that its Assign set; null for none.</summary>
    public JsonObject? Assigned { get; private set; }

    /// <summary>The visits of an execution, in the order in which they began.</summary>
    public static IReadOnlyList<StateVisit> Of(IReadOnlyList<HistoryEvent> history)
    {
        var visits = new List<StateVisit>();
        var owners = new Dictionary<long, StateVisit>();
        foreach (HistoryEvent entry in history)
        {
            if (entry.Details is StateEnteredDetails entered)
            {
                owners[entry.Id] = new(entry, entered);
                visits.Add(owners[entry.Id]);
            }
            else if (owners.TryGetValue(entry.PreviousEventId, out StateVisit? visit))
            {
                // The events of states in a Parallel or Map refer to the events of the state that contains them, not to each other.
                owners[entry.Id] = visit;
                visit.Take(entry);
            }
        }

        return visits;
    }

    private void Take(HistoryEvent entry)
    {
        switch (entry.Details)
        {
            case TaskOutputDetails result when entry.Type == HistoryEventType.TaskSucceeded:
                Result = result.Output;
                break;
            case OutputDetails result when entry.Type is HistoryEventType.LambdaFunctionSucceeded or HistoryEventType.ActivitySucceeded:
                Result = result.Output;
                break;
            case TaskFailureDetails failed:
                Failures.Add((failed.Error ?? string.Empty, failed.Cause));
                break;
            case FailureDetails failed:
                Failures.Add((failed.Error ?? string.Empty, failed.Cause));
                break;
            case StateExitedDetails exited:
                Output = exited.Output;
                Assigned = exited.AssignedVariables;
                break;
        }
    }
}
