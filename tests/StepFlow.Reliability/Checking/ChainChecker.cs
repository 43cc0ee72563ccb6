namespace StepFlow.Reliability.Checking;

/// <summary>Follows previousEventId from event to event: what a state's exit, a task's outcome, came from.</summary>
internal static class ChainChecker
{
    private static readonly string[] Tasks = ["Task", "Activity", "LambdaFunction"];
    private static readonly string[] Outcomes = ["Succeeded", "Failed", "TimedOut"];

    public static IEnumerable<string> Check(IReadOnlyList<HistoryEvent> events)
    {
        var exited = new HashSet<long>();
        var ended = new HashSet<long>();
        foreach (HistoryEvent one in events)
        {
            if (one.PreviousId > 0 && events[(int)one.PreviousId - 1].Type == "ExecutionStarted" && one.Id > 2)
            {
                yield return $"Event {one.Id} ({one.Type}) follows {events[(int)one.PreviousId - 1].Type}.";
            }

            if (one.Type.EndsWith("StateExited", StringComparison.Ordinal))
            {
                string entered = one.Type[..^"Exited".Length] + "Entered";
                long from = Back(events, one, previous => previous.Type == entered && previous.StateName == one.StateName);
                if (from == 0)
                {
                    yield return $"Event {one.Id} exits the state '{one.StateName}', which its chain never entered.";
                }
                else if (!exited.Add(from))
                {
                    yield return $"Event {one.Id} exits the state '{one.StateName}' that event {from} entered, for the second time.";
                }
            }
            else if (TaskOf(one.Type) is { } task)
            {
                long from = Back(events, one, previous => previous.Type == task + "Scheduled");
                if (from == 0)
                {
                    yield return $"Event {one.Id} ({one.Type}) ends a task that its chain never scheduled.";
                }
                else if (!ended.Add(from))
                {
                    yield return $"Event {one.Id} ({one.Type}) ends the task that event {from} scheduled, for the second time.";
                }
            }
        }
    }

    private static string? TaskOf(string type) => Array.Find(Tasks, task => Array.Exists(Outcomes, outcome => type == task + outcome));

    private static long Back(IReadOnlyList<HistoryEvent> events, HistoryEvent from, Func<HistoryEvent, bool> isIt)
    {
        for (long id = from.PreviousId; id > 0; id = events[(int)id - 1].PreviousId)
        {
            if (isIt(events[(int)id - 1]))
            {
                return id;
            }
        }

        return 0;
    }
}
