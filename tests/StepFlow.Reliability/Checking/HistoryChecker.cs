namespace StepFlow.Reliability.Checking;

/// <summary>
/// Finds what can't be in the history of an execution: gaps, events out of order, chains that don't hold, attempts that end
/// twice, events after the end, an end that is not the execution's status.
/// </summary>
internal static class HistoryChecker
{
    private const double Tolerance = 0.0005;

    private static readonly Dictionary<string, string> Ends = new()
    {
        ["ExecutionSucceeded"] = "SUCCEEDED",
        ["ExecutionFailed"] = "FAILED",
        ["ExecutionTimedOut"] = "TIMED_OUT",
        ["ExecutionAborted"] = "ABORTED",
    };

    /// <summary>Checks one execution.</summary>
    /// <returns>One sentence for each thing that is wrong.</returns>
    public static IEnumerable<string> Check(ExecutionRecord execution)
    {
        IReadOnlyList<HistoryEvent> events = execution.Events;
        if (events.Count == 0)
        {
            return ["The history is empty."];
        }

        string[] order = [.. CheckOrder(events, first: 1), .. CheckOrder(execution.Tail, first: execution.Tail.Count > 0 ? execution.Tail[0].Id : 1)];
        return order.Length > 0 ? order : [.. CheckEnd(execution), .. ChainChecker.Check(events)];
    }

    private static IEnumerable<string> CheckOrder(IReadOnlyList<HistoryEvent> events, long first)
    {
        for (int i = 0; i < events.Count; i++)
        {
            HistoryEvent one = events[i];
            if (one.Id != first + i)
            {
                yield return $"Event {first + i} has the id {one.Id}.";
                yield break;
            }

            if (one.PreviousId < 0 || one.PreviousId >= one.Id)
            {
                yield return $"Event {one.Id} ({one.Type}) follows event {one.PreviousId}.";
            }

            if (i > 0 && one.Timestamp < events[i - 1].Timestamp - Tolerance)
            {
                yield return $"Event {one.Id} ({one.Type}) is older than the event before it.";
            }

            if (one.Type == "ExecutionStarted" != (first + i == 1))
            {
                yield return $"Event {one.Id} is {one.Type}.";
            }

            if (Ends.ContainsKey(one.Type) && i < events.Count - 1 && events[i + 1].Type != "ExecutionRedriven")
            {
                yield return $"Event {one.Id} ({one.Type}) is not the last: {events.Count - 1 - i} follow.";
            }
        }
    }

    private static IEnumerable<string> CheckEnd(ExecutionRecord execution)
    {
        HistoryEvent last = execution.Last!;
        string status = Ends.GetValueOrDefault(last.Type, "RUNNING");
        if (status != execution.Status)
        {
            yield return $"The status is {execution.Status}, but the last event is {last.Type}.";
        }

        if (last.Type == "ExecutionSucceeded" && last.Details?["output"] is { } output && (string?)output != execution.Output)
        {
            yield return "The last event has another output than the execution.";
        }

        if ((execution.Description["stopDate"] is null) != (execution.Status == "RUNNING"))
        {
            yield return $"The status is {execution.Status}, and there is {(execution.Status == "RUNNING" ? "a" : "no")} stop date.";
        }
    }
}
