using StepFlow.Reliability.Checking;

namespace StepFlow.Reliability.Servers;

/// <summary>Counts the calls of tasks by idempotency key.</summary>
internal sealed class CallLog
{
    private readonly Lock _gate = new();
    private readonly List<TaskCall> _calls = [];
    private readonly Dictionary<(string, string, string), List<string>> _attempts = [];

    /// <summary>How many calls came.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _calls.Count;
            }
        }
    }

    /// <summary>The states of an execution that called, in the order of their first calls, each with how often it did.</summary>
    public IReadOnlyList<(string State, int Times)> CallsOf(string executionArn)
    {
        lock (_gate)
        {
            return [.. _calls.Where(call => call.ExecutionArn == executionArn).GroupBy(static call => call.State).Select(static state => (state.Key, state.Count()))];
        }
    }

    /// <summary>Notes a call.</summary>
    /// <returns>Which attempt of its state it is, from 0: repetitions of a key are the same attempt.</returns>
    public int Add(TaskCall call)
    {
        lock (_gate)
        {
            _calls.Add(call);
            if (!_attempts.TryGetValue((call.ExecutionArn, call.Lane, call.State), out List<string>? keys))
            {
                _attempts[(call.ExecutionArn, call.Lane, call.State)] = keys = [];
            }

            int index = keys.IndexOf(call.Key);
            if (index < 0)
            {
                keys.Add(call.Key);
                index = keys.Count - 1;
            }

            return index;
        }
    }

    /// <summary>
    /// Finds tasks that ran again after they had finished. Within a lane one task follows the other, so a key that comes after
    /// a later key was finished before. A key may come again at once, as often as the server was started again.
    /// </summary>
    /// <param name="restarts">How often the server was started again.</param>
    public IEnumerable<Problem> Check(int restarts)
    {
        TaskCall[] calls;
        lock (_gate)
        {
            calls = [.. _calls];
        }

        foreach (IGrouping<(string ExecutionArn, string Lane), TaskCall> lane in calls.GroupBy(static call => (call.ExecutionArn, call.Lane)))
        {
            var counts = new Dictionary<string, int>();
            string? current = null;
            foreach (TaskCall call in lane)
            {
                counts[call.Key] = counts.GetValueOrDefault(call.Key) + 1;
                if (call.Key != current && counts[call.Key] > 1)
                {
                    yield return new("tasks", call.ExecutionArn, $"The task {call.Key} ran again after a later task of {call.Lane} had started.");
                }

                current = call.Key;
            }

            foreach ((string key, int count) in counts)
            {
                if (count > restarts + 1)
                {
                    yield return new("tasks", lane.Key.ExecutionArn, $"The task {key} ran {count} times, with {restarts} restarts.");
                }
            }
        }
    }
}
